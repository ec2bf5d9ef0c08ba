/** A name as it is shown: nothing in it turns the rest around or hides it. */
export function shownName(name: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: naming them is the point
  return name.replace(/[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/gu, '') || '?';
}
