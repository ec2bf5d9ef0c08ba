/** The sheet that the class works on: one page of PDF, written by hand. */
export function exerciseSheet(): Buffer {
  const lines = [
    { size: 20, text: 'Práctica 3: el turno rotatorio' },
    { size: 11, text: 'Sistemas distribuidos, grupo B. Entrega: martes a las 10:00, por parejas.' },
    { size: 11, text: '' },
    { size: 12, text: '1. Arranca tres réplicas y abre 3 000 conexiones. ¿Cuántas recibe cada una?' },
    { size: 12, text: '2. Detén una durante diez segundos. ¿Qué pasa con su turno?' },
    { size: 12, text: '3. Mata una con kill -9 y cuenta los mensajes antes y después.' },
    { size: 12, text: '4. Explica en media página por qué no se ha perdido ninguno.' },
  ];
  let y = 780;
  const drawn = lines.map(({ size, text }) => {
    y -= size * 2;
    return `BT /F1 ${size} Tf 60 ${y} Td (${text.replace(/[()\\]/g, '\\$&')}) Tj ET`;
  });
  const content = drawn.join('\n');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${Buffer.byteLength(content, 'latin1')} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((object, index) => {
    const offset = Buffer.byteLength(file, 'latin1');
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(offset).padStart(10, '0')} 00000 n \n`;
  });
  const start = Buffer.byteLength(file, 'latin1');
  const size = objects.length + 1;
  file += `xref\n0 ${size}\n0000000000 65535 f \n${offsets.join('')}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}
