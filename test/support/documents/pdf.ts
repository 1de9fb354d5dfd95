/**
 * A PDF of these objects, which follow a catalogue (1) and a tree of pages (2), so that the first has number 3. Unless `kids` says otherwise, each
 * object with `/Type /Page` is a page.
 */
export function pdfFile(
  make: (tree: number) => readonly string[],
  { kids, count }: { kids?: readonly number[]; count?: number } = {},
): Buffer {
  const tree = 2;
  const own = make(tree);
  const pages = kids ?? own.flatMap((body, at) => (body.includes('/Type /Page ') ? [at + 3] : []));
  const list = pages.map((kid) => `${kid} 0 R`).join(' ');
  const objects = [
    `<< /Type /Catalog /Pages ${tree} 0 R >>`,
    `<< /Type /Pages /Count ${count ?? pages.length} /Kids [${list}] >>`,
    ...own,
  ];
  let file = '%PDF-1.4\n';
  const offsets = objects.map((body, at) => {
    const offset = file.length;
    file += `${at + 1} 0 obj\n${body}\nendobj\n`;
    return offset;
  });
  const start = file.length;
  const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  file += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}`;
  file += `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${start}\n%%EOF\n`;
  return Buffer.from(file, 'latin1');
}

/** A PDF with one page for each text, in a standard font. Lines are separated by line breaks. */
export const pdfOf = (pages: readonly string[], { fonts = true } = {}): Buffer =>
  pdfFile((tree) => [
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
    ...pages.flatMap((text, at) => {
      const stream = fonts ? contentOf(text) : '0 0 100 100 re f';
      return [
        `<< /Length ${stream.length} >>\nstream\n${stream}\nendstream`,
        `<< /Type /Page /Parent ${tree} 0 R /MediaBox [0 0 595 842] /Contents ${4 + at * 2} 0 R /Resources << /Font << /F1 3 0 R >> >> >>`,
      ];
    }),
  ]);

function contentOf(text: string): string {
  const lines = text
    .split('\n')
    .map((line) => `(${line.replaceAll(/[\\()]/g, (sign) => `\\${sign}`)}) Tj T*`);
  return `BT /F1 11 Tf 14 TL 50 790 Td ${lines.join('\n')} ET`;
}
