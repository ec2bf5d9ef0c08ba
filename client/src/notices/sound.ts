let context: AudioContext | undefined;
let lastAt = 0;

/** What comes together makes one sound. */
const betweenMs = 2_000;

/** Two soft notes, made here: no file is fetched. A page that nobody has touched yet may not make a sound. */
export async function playSound(): Promise<void> {
  if (Date.now() - lastAt < betweenMs) return;
  lastAt = Date.now();
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    const start = context.currentTime + 0.02;
    for (const [index, hertz] of [659.25, 880].entries()) note(context, hertz, start + index * 0.11);
  } catch {
    // Without a sound, then.
  }
}

function note(audio: AudioContext, hertz: number, start: number): void {
  const tone = new OscillatorNode(audio, { type: 'sine', frequency: hertz });
  const volume = new GainNode(audio, { gain: 0 });
  volume.gain.setValueAtTime(0, start);
  volume.gain.linearRampToValueAtTime(0.12, start + 0.015);
  volume.gain.exponentialRampToValueAtTime(0.001, start + 0.35);
  tone.connect(volume).connect(audio.destination);
  tone.start(start);
  tone.stop(start + 0.4);
}
