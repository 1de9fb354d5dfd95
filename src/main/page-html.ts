import { pageHtml } from '#shared/page/page-html.ts';
import type { PrintedPage } from '#shared/shell/print.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; font-src data:";

const style = `
@page { size: A4; margin: 15mm 16mm; }
body { margin: 0; color: #191d26; font: 10pt/1.42 Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0; font-size: 17pt; font-weight: 600; line-height: 1.25; }
h2 { margin: 14pt 0 0; padding-top: 8pt; border-top: 0.75pt solid #cdd2da; font-size: 11.5pt; font-weight: 600; }
p { margin: 2pt 0 0; }
.about, .dim, figcaption { color: #4d5666; }
ol { margin: 6pt 0 0; padding: 0; list-style: none; }
li { padding: 3pt 0; break-inside: avoid; line-height: 1.35; }
li p { margin-top: 1pt; }
.row { display: flex; gap: 6pt; align-items: baseline; }
.row .value { margin-left: auto; font-weight: 600; white-space: nowrap; }
.bar { height: 3pt; margin-top: 2pt; border-radius: 1.5pt; background: #f3f4f7; }
.bar div { height: 100%; border-radius: 1.5pt; background: #c03a17; }
.figures { display: flex; gap: 14pt; margin-top: 8pt; }
figure { flex: 1 1 0; min-width: 0; margin: 0; break-inside: avoid; }
figcaption { font-size: 8.5pt; font-weight: 500; }
.chart table { width: 100%; margin-top: 3pt; border-collapse: collapse; font-size: 8pt; line-height: 1.2; }
.chart th { width: 42%; padding: 2.5pt 5pt 2.5pt 0; font-weight: 400; text-align: left; overflow-wrap: anywhere; }
.chart .value { width: 1%; padding-left: 5pt; text-align: right; white-space: nowrap; }
.track { height: 5pt; margin: 1pt 0; background: #f3f4f7; }
.fill, .outline { box-sizing: border-box; height: 100%; }
.fill { background: #c03a17; }
.outline { border: 0.75pt solid #191d26; }
.network { display: block; width: 100%; height: 145pt; font-size: 9px; }
.links path { fill: none; stroke: #cdd2da; stroke-width: 1; }
.links .chosen { stroke: #c03a17; stroke-width: 1.8; }
.nodes circle { fill: #ffffff; stroke: #667080; stroke-width: 1.5; }
.nodes .chosen { fill: #c03a17; stroke: #191d26; }
.names text { fill: #191d26; }
.names .chosen { font-weight: 600; }
footer { margin-top: 12pt; padding-top: 6pt; border-top: 0.75pt solid #cdd2da; color: #4d5666; font-size: 8pt; overflow-wrap: anywhere; }
`;

export const printHtml = (page: PrintedPage, fontFace: string): string =>
  pageHtml(page, { policy, style: fontFace + style });
