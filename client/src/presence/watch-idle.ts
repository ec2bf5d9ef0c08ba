/** Without any input for this long one is away. */
const idleMs = 10 * 60_000;

const inputs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart', 'focus'] as const;

/** Tells when nobody has touched the page for some time, and when somebody does again. */
export function watchIdle(tell: (away: boolean) => void): { isAway(): boolean; stop(): void } {
  let lastInput = Date.now();
  let away = false;
  let timer: ReturnType<typeof setTimeout>;

  const look = () => {
    const left = lastInput + idleMs - Date.now();
    if (left > 0) timer = setTimeout(look, left);
    else set(true);
  };
  const set = (now: boolean) => {
    if (now === away) return;
    away = now;
    tell(now);
  };
  const onInput = () => {
    lastInput = Date.now();
    if (!away) return;
    set(false);
    look();
  };
  for (const input of inputs) addEventListener(input, onInput, { passive: true, capture: true });
  look();

  return {
    isAway: () => away,
    stop() {
      clearTimeout(timer);
      for (const input of inputs) removeEventListener(input, onInput, { capture: true });
    },
  };
}
