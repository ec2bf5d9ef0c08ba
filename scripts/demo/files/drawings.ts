import sharp from 'sharp';

/** Pictures for the demo, drawn by code. */
export const drawings = {
  'ring.png': () => drawn(ring(), 'png'),
  'queue.png': () => drawn(queue(), 'png'),
  'evening-walk.jpg': () => drawn(hills(), 'jpeg'),
  'cake.jpg': () => drawn(cake(), 'jpeg'),
  'before.png': () => drawn(emptyState(false), 'png'),
  'after.png': () => drawn(emptyState(true), 'png'),
};

const coral = '#dd5f38';
const saffron = '#e0a42b';
const teal = '#12806d';

function drawn(svg: string, format: 'png' | 'jpeg'): Promise<Buffer> {
  return sharp(Buffer.from(svg)).toFormat(format, { quality: 84 }).toBuffer();
}

function canvas(width: number, height: number, inside: string, background: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}"><rect width="100%" height="100%" fill="${background}"/>${inside}</svg>`;
}

/** A whiteboard: three replicas in a circle, and whose turn it is. */
function ring(): string {
  const places = [coral, saffron, teal].map((colour, index) => {
    const angle = (index / 3) * 2 * Math.PI - Math.PI / 2;
    return { colour, x: 700 + 260 * Math.cos(angle), y: 460 + 260 * Math.sin(angle) };
  });
  const circles = places.map(
    ({ colour, x, y }, index) =>
      `<circle cx="${x}" cy="${y}" r="88" fill="${index === 1 ? colour : '#fdfcf8'}" stroke="${colour}" stroke-width="10"/>
       ${[0, 1, 2].map((line) => `<path d="M${x - 40} ${y - 22 + line * 22}h${80 - line * 14}" stroke="${index === 1 ? '#fff' : colour}" stroke-width="7" stroke-linecap="round"/>`).join('')}`,
  );
  return canvas(
    1_400,
    920,
    `<g fill="none" stroke="#3a4a63" stroke-width="7" stroke-linecap="round" stroke-dasharray="2 22"><circle cx="700" cy="460" r="260"/></g>
     ${circles.join('')}
     <path d="M700 460 L905 575" stroke="#3a4a63" stroke-width="12" stroke-linecap="round"/>
     <path d="M905 575 l-42 -2 M905 575 l-19 -37" stroke="#3a4a63" stroke-width="12" stroke-linecap="round"/>
     <circle cx="700" cy="460" r="22" fill="#3a4a63"/>
     <path d="M120 780c120-18 260 14 420-6M1080 170c70-10 130 6 190-2" stroke="#9aa6b8" stroke-width="6" fill="none" stroke-linecap="round"/>`,
    '#f7f6f1',
  );
}

/** Beside it: a slow replica's connections wait in a queue of their own. */
function queue(): string {
  const rows = [coral, saffron, teal].map((colour, row) => {
    const y = 190 + row * 250;
    const boxes = Array.from({ length: row === 1 ? 6 : 2 }, (_, at) => {
      const x = 640 - at * 100;
      return `<rect x="${x}" y="${y - 36}" width="78" height="72" rx="12" fill="none" stroke="${colour}" stroke-width="8"/>`;
    });
    return `${boxes.join('')}<circle cx="800" cy="${y}" r="58" fill="${colour}"/>`;
  });
  return canvas(960, 880, `<g opacity="0.92">${rows.join('')}</g>`, '#f7f6f1');
}

function hills(): string {
  const layers = Array.from({ length: 6 }, (_, layer) => {
    const top = 430 + layer * 82;
    const points = Array.from({ length: 17 }, (_, step) => {
      const wave = Math.sin(step * (0.7 + layer * 0.13) + layer * 2.1) * (62 - layer * 5);
      return `${step * 100},${Math.round(top + wave)}`;
    });
    const lightness = 46 - layer * 7;
    return `<polygon points="0,1000 ${points.join(' ')} 1600,1000" fill="hsl(${205 - layer * 12} ${26 + layer * 3}% ${lightness}%)"/>`;
  });
  return canvas(
    1_600,
    1_000,
    `<defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3d5a80"/><stop offset="0.45" stop-color="#e8a87c"/><stop offset="0.7" stop-color="#f9dcb0"/></linearGradient></defs>
     <rect width="1600" height="1000" fill="url(#sky)"/><circle cx="1130" cy="420" r="74" fill="#fff3d6"/>${layers.join('')}`,
    '#000',
  );
}

function cake(): string {
  const candles = [470, 560, 650, 740].map(
    (x) =>
      `<rect x="${x}" y="250" width="18" height="110" rx="6" fill="#fff"/><ellipse cx="${x + 9}" cy="226" rx="13" ry="22" fill="${saffron}"/>`,
  );
  return canvas(
    1_200,
    900,
    `<rect y="640" width="1200" height="260" fill="#8d6a4f"/><ellipse cx="600" cy="690" rx="420" ry="70" fill="#efe9dd"/>
     <path d="M290 430h620v230a310 46 0 0 1-620 0z" fill="#b5653a"/><path d="M290 520h620v40H290z" fill="#f7e3c4"/>
     <ellipse cx="600" cy="430" rx="310" ry="80" fill="#f6d2cb"/><path d="M290 430c0 60 60 20 90 60s60 10 100 30 70-30 120 4 80-20 120-4 70-40 110-20 40-50 80-70z" fill="#f6d2cb"/>
     ${candles.join('')}${[400, 520, 610, 700, 800].map((x, at) => `<circle cx="${x}" cy="${420 + (at % 2) * 34}" r="17" fill="${[coral, teal, saffron][at % 3]}"/>`).join('')}`,
    '#dfe9e2',
  );
}

/** A screen with nothing in it yet: as it was, and as it will be. */
function emptyState(after: boolean): string {
  const inside = after
    ? `<circle cx="450" cy="320" r="150" fill="none" stroke="#e6dfd1" stroke-width="18"/>
       ${[coral, saffron, teal].map((colour, at) => `<circle cx="${450 + 150 * Math.cos(at * 2.09 - 1.57)}" cy="${320 + 150 * Math.sin(at * 2.09 - 1.57)}" r="34" fill="${colour}"/>`).join('')}
       <rect x="290" y="540" width="320" height="26" rx="13" fill="#211e19"/><rect x="240" y="590" width="420" height="18" rx="9" fill="#b9b1a3"/>
       <rect x="350" y="650" width="200" height="64" rx="20" fill="#0d6a5b"/><rect x="398" y="674" width="104" height="16" rx="8" fill="#fff"/>`
    : `<rect x="370" y="290" width="160" height="160" rx="8" fill="none" stroke="#c9c9c9" stroke-width="8"/><path d="M370 450l160-160" stroke="#c9c9c9" stroke-width="8"/>
       <rect x="300" y="520" width="300" height="18" rx="4" fill="#c9c9c9"/>`;
  return canvas(
    900,
    820,
    `<rect x="40" y="40" width="820" height="740" rx="22" fill="#fff" stroke="#dcd6c9" stroke-width="4"/>${inside}`,
    '#ece6da',
  );
}
