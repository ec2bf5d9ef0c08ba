/** Somebody is in the middle of something that a reload would take out of their hands. */
export function isUnfinished(): boolean {
  return (
    isWritten('textarea, input, [contenteditable="true"]') ||
    document.querySelector('dialog[open], progress, [role="progressbar"]') !== null ||
    [...document.querySelectorAll<HTMLMediaElement>('video, audio')].some(({ paused }) => !paused)
  );
}

/** What stands in a composer is kept through a reload, but nobody is to be interrupted; all other texts aren't. */
export function isWriting(): boolean {
  return isWritten('textarea:not(.composer textarea), textarea:focus, input');
}

const noText = new Set(['checkbox', 'radio', 'button', 'submit', 'hidden', 'file', 'range']);

function isWritten(selector: string): boolean {
  return [...document.querySelectorAll<HTMLElement>(selector)].some((element) => {
    if (element instanceof HTMLInputElement) return !noText.has(element.type) && element.value !== '';
    return element instanceof HTMLTextAreaElement ? element.value !== '' : element.textContent.trim() !== '';
  });
}
