import type { PrintedItem, PrintedPage } from '#shared/shell/print.ts';

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replaceAll(/[&<>"]/g, (sign) => entities[sign] ?? sign);

const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

const style = `
@page { size: A4; margin: 15mm 16mm; }
body { margin: 0; color: #191d26; font: 10pt/1.42 Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 17pt; font-weight: 600; line-height: 1.25; }
h2 { margin: 14pt 0 0; padding-top: 8pt; border-top: 0.75pt solid #cdd2da; font-size: 11.5pt; font-weight: 600; }
p { margin: 2pt 0 0; }
.about, .dim { color: #4d5666; }
ol { margin: 6pt 0 0; padding: 0; list-style: none; }
li { padding: 4pt 0 5pt; break-inside: avoid; }
.row { display: flex; gap: 6pt; align-items: baseline; }
.row .value { margin-left: auto; font-weight: 600; white-space: nowrap; }
.bar { height: 3pt; margin-top: 2pt; border-radius: 1.5pt; background: #f3f4f7; }
.bar div { height: 100%; border-radius: 1.5pt; background: #c03a17; }
footer { margin-top: 12pt; padding-top: 6pt; border-top: 0.75pt solid #cdd2da; color: #4d5666; font-size: 8pt; overflow-wrap: anywhere; }
`;

function itemHtml({ title, about, value, share, lines }: PrintedItem, at: number): string {
  const bar =
    share === null
      ? ''
      : `<div class="bar" aria-hidden="true"><div style="width: ${(100 * share).toFixed(2)}%"></div></div>`;
  const said = lines.map((one) => `<p class="dim">${escape(one)}</p>`).join('');
  return `<li><div class="row"><span class="dim">${at + 1}</span><strong>${escape(title)}</strong> <span class="dim">${escape(about)}</span><span class="value">${escape(value)}</span></div>${bar}${said}</li>`;
}

/** A page as HTML for printing. Whatever it says is text: nothing of it becomes markup. */
export function pageHtml({ language, title, about, sections, facts }: PrintedPage, font: string): string {
  const body = sections.map(({ heading, note, items }) => {
    const list = items.length === 0 ? '' : `<ol>${items.map(itemHtml).join('')}</ol>`;
    return `<section><h2>${escape(heading)}</h2>${note === '' ? '' : `<p class="dim">${escape(note)}</p>`}${list}</section>`;
  });
  return `<!doctype html>
<html lang="${escape(language)}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}"><title>${escape(title)}</title><style>${font}${style}</style></head>
<body><main><h1>${escape(title)}</h1><p class="about">${escape(about)}</p>${body.join('')}</main>
<footer>${facts.map((one) => `<p>${escape(one)}</p>`).join('')}</footer></body></html>
`;
}
