import type { PrintedBar, PrintedItem, PrintedPage, PrintedSection } from '../shell/print.ts';
import { escapeText } from './escape.ts';
import { networkSvg } from './network-svg.ts';

interface PageOptions {
  policy: string;
  style: string;
  /** An SVG drawing of the whole network with escaped texts. */
  picture?: string;
}

const percentText = (share: number): string => `${(100 * share).toFixed(2)}%`;
const dimParagraph = (text: string): string => (text === '' ? '' : `<p class="dim">${escapeText(text)}</p>`);

function itemHtml({ title, about, value, share, lines }: PrintedItem, index: number): string {
  const bar =
    share === null
      ? ''
      : `<div class="bar" aria-hidden="true"><div style="width: ${percentText(share)}"></div></div>`;
  return `<li><div class="row"><span class="dim">${index + 1}</span><strong>${escapeText(title)}</strong> <span class="dim">${escapeText(about)}</span><span class="value">${escapeText(value)}</span></div>${bar}${lines.map(dimParagraph).join('')}</li>`;
}

function barHtml({ label, value, share, before }: PrintedBar): string {
  const bars = [
    `<div class="track"><div class="fill" style="width: ${percentText(share)}"></div></div>`,
    ...(before
      ? [`<div class="track"><div class="outline" style="width: ${percentText(before.share)}"></div></div>`]
      : []),
  ];
  const previousValue = before ? ` <span class="dim">${escapeText(before.value)}</span>` : '';
  return `<tr><th scope="row">${escapeText(label)}</th><td class="bars">${bars.join('')}</td><td class="value">${escapeText(value)}${previousValue}</td></tr>`;
}

function chartHtml({ heading, bars, isNeutral = false }: NonNullable<PrintedSection['chart']>): string {
  return `<figure class="chart${isNeutral ? ' neutral' : ''}"><figcaption>${escapeText(heading)}</figcaption><table><tbody>${bars.map(barHtml).join('')}</tbody></table></figure>`;
}

function tableHtml({ words, columns, rows }: NonNullable<PrintedSection['table']>): string {
  const numberClass = (index: number): string => (index < words ? '' : ' class="number"');
  const headCells = columns
    .map((column, index) => `<th scope="col"${numberClass(index)}>${escapeText(column)}</th>`)
    .join('');
  const bodyRows = rows.map(([name = '', ...cells]) => {
    const values = cells
      .map((cell, index) => `<td${numberClass(index + 1)}>${escapeText(cell)}</td>`)
      .join('');
    return `<tr><th scope="row">${escapeText(name)}</th>${values}</tr>`;
  });
  return `<div class="scroll"><table class="grid"><thead><tr>${headCells}</tr></thead><tbody>${bodyRows.join('')}</tbody></table></div>`;
}

function sectionHtml({ heading, note, items, chart, network, table }: PrintedSection): string {
  const figures = [
    ...(chart && chart.bars.length > 0 ? [chartHtml(chart)] : []),
    ...(network
      ? [
          `<figure><figcaption>${escapeText(network.heading)}</figcaption>${networkSvg(network.drawing, network.heading)}</figure>`,
        ]
      : []),
  ];
  return [
    `<section><h2>${escapeText(heading)}</h2>${dimParagraph(note)}`,
    figures.length === 0 ? '' : `<div class="figures">${figures.join('')}</div>`,
    table ? tableHtml(table) : '',
    items.length === 0 ? '' : `<ol>${items.map(itemHtml).join('')}</ol>`,
    '</section>',
  ].join('');
}

/** A page as one self-contained HTML file without scripts. All texts are escaped. */
export function pageHtml(page: PrintedPage, { policy, style, picture = '' }: PageOptions): string {
  const { language, title, about, author, sections, facts } = page;
  const byline = [about, author].filter((part) => part !== '').join(' · ');
  return `<!doctype html>
<html lang="${escapeText(language)}"><head><meta charset="utf-8" /><meta http-equiv="Content-Security-Policy" content="${policy}" /><meta name="viewport" content="width=device-width, initial-scale=1" /><title>${escapeText(title)}</title><style>${style}</style></head>
<body><main><h1>${escapeText(title)}</h1><p class="about">${escapeText(byline)}</p>${picture === '' ? '' : `<div class="picture">${picture}</div>`}${sections.map(sectionHtml).join('')}</main>
<footer>${facts.map((fact) => `<p>${escapeText(fact)}</p>`).join('')}</footer></body></html>
`;
}
