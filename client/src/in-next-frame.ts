/** Should no frame come, as where another window covers the page, they don't wait for one any longer. */
const patienceMs = 100;

const waiting = new Set<() => void>();
let timer: ReturnType<typeof setTimeout> | undefined;
let frame = 0;

/**
 * Runs it before the next frame is drawn, together with all that asks for that meanwhile: however much comes in at
 * once, the page is drawn once. Nobody sees a hidden page, and browsers give it no frames: there it runs at once after
 * what runs now.
 */
export function inNextFrame(task: () => void): void {
  const first = waiting.size === 0;
  waiting.add(task);
  if (!first) return;
  if (document.visibilityState === 'visible') frame = requestAnimationFrame(runAll);
  timer = setTimeout(runAll, document.visibilityState === 'visible' ? patienceMs : 0);
}

function runAll(): void {
  cancelAnimationFrame(frame);
  clearTimeout(timer);
  const due = [...waiting];
  waiting.clear();
  for (const task of due)
    try {
      task();
    } catch (error) {
      reportError(error);
    }
}
