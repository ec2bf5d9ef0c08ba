const rate = 16_000;
const notes = [
  { from: 0, hertz: 523.25 },
  { from: 0.35, hertz: 659.25 },
  { from: 0.7, hertz: 783.99 },
];
const seconds = 2.4;

/** Three notes, one for each whose turn comes: a WAV file, made by code. */
export function chime(): Buffer {
  const samples = Math.round(rate * seconds);
  const bytes = Buffer.alloc(44 + samples * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(36 + samples * 2, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20);
  bytes.writeUInt16LE(1, 22);
  bytes.writeUInt32LE(rate, 24);
  bytes.writeUInt32LE(rate * 2, 28);
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples * 2, 40);
  for (let at = 0; at < samples; at += 1) {
    const time = at / rate;
    const sound = notes.reduce((sum, { from, hertz }) => sum + bell(time - from, hertz), 0);
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sound)) * 32_000), 44 + at * 2);
  }
  return bytes;
}

/** Struck once, and fading. */
function bell(time: number, hertz: number): number {
  if (time < 0) return 0;
  const overtones = Math.sin(2 * Math.PI * hertz * time) + 0.35 * Math.sin(2 * Math.PI * hertz * 2.76 * time);
  return 0.24 * overtones * Math.exp(-3.2 * time) * Math.min(1, time * 200);
}
