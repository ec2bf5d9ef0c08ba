/** What shows as written, or is hidden on purpose. */
const set = /```[\s\S]*?(?:```|$)|`[^`\n]*`|\|\|[\s\S]*?\|\||<[^>\s]*>/g;
const address = /\bhttps?:\/\/[^\s<>"'`|)\]]+/i;

/** The address that a message is previewed by: its first one outside of code, spoilers and angle brackets. */
export function firstLink(text: string): string | undefined {
  if (!/https?:/i.test(text)) return undefined;
  const found = address.exec(text.replace(set, ' '))?.[0].replace(/[.,;:!?…*_~]+$/u, '');
  return found !== undefined && URL.canParse(found) ? found : undefined;
}
