import { createHash } from 'node:crypto';
import sharp from 'sharp';

type Colour = readonly [red: number, green: number, blue: number];

const side = 512;
const shown = 256;

const walls: Colour[] = [
  [242, 201, 160],
  [176, 212, 196],
  [196, 200, 232],
  [240, 214, 140],
  [222, 184, 190],
];
const clothes: Colour[] = [
  [13, 106, 91],
  [187, 68, 32],
  [52, 72, 128],
  [110, 60, 110],
  [70, 92, 60],
];
const skins: Colour[] = [
  [141, 92, 62],
  [232, 184, 148],
  [198, 140, 98],
  [96, 62, 44],
  [244, 208, 180],
];
const hairs: Colour[] = [
  [36, 28, 26],
  [112, 62, 34],
  [70, 46, 38],
  [150, 120, 80],
  [60, 60, 66],
];

/** A face for one of the demo's people, drawn by code: nobody is like it. */
export async function drawFace(index: number): Promise<{ id: string; bytes: Buffer }> {
  const pick = (from: Colour[], step: number) => from[(index * step + step) % from.length] as Colour;
  const [wall, shirt, skin, hair] = [pick(walls, 1), pick(clothes, 2), pick(skins, 3), pick(hairs, 4)];
  const isLong = index % 2 === 0;
  const pixels = Buffer.alloc(side * side * 3);
  for (let y = 0; y < side; y += 1)
    for (let x = 0; x < side; x += 1) {
      const within = (middleX: number, middleY: number, wide: number, high: number) =>
        ((x - middleX) / wide) ** 2 + ((y - middleY) / high) ** 2 <= 1;
      const face = within(256, 236, 96, 116);
      const fringe = within(256, 150, 112, 70 + (index % 3) * 12);
      const mane = within(256, isLong ? 250 : 200, 132, isLong ? 170 : 116);
      const eye = within(220, 232, 9, 11) || within(292, 232, 9, 11);
      const mouth = within(256, 292, 34, 18) && y > 292;
      const neck = within(256, 350, 44, 70);
      const colour =
        face && (eye || mouth)
          ? hair
          : fringe
            ? hair
            : face || (neck && y < 390)
              ? skin
              : within(256, 540, 210, 170)
                ? shirt
                : mane
                  ? hair
                  : wall;
      pixels.set(colour, (y * side + x) * 3);
    }
  const picture = sharp(pixels, { raw: { width: side, height: side, channels: 3 } });
  const bytes = await picture.resize(shown).webp({ quality: 85 }).toBuffer();
  return { id: createHash('sha256').update(bytes).digest('base64url').slice(0, 32), bytes };
}
