import type { PrintedPage } from '../shell/print.ts';
import { pageHtml } from './page-html.ts';

const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";

const style = `
:root { color-scheme: light dark; --bg: #ffffff; --sunken: #f3f4f7; --line: #cdd2da; --text: #191d26; --dim: #4d5666; --bad: #c03a17; --node: #667080; }
@media (prefers-color-scheme: dark) { :root { --bg: #15171c; --sunken: #292d36; --line: #3c424e; --text: #e8eaef; --dim: #aab1bf; --bad: #ff8a6a; --node: #8b95a5; } }
@media print { :root { color-scheme: light; --bg: #ffffff; --sunken: #f3f4f7; --line: #cdd2da; --text: #191d26; --dim: #4d5666; --bad: #c03a17; --node: #667080; } }
body { max-width: 1000px; margin: 0 auto; padding: 32px 24px; background: var(--bg); color: var(--text); font: 14px/1.45 Inter, system-ui, sans-serif; font-variant-numeric: tabular-nums; }
h1 { margin: 0 0 4px; font-size: 24px; font-weight: 600; line-height: 1.25; overflow-wrap: anywhere; }
h2 { margin: 24px 0 0; padding-top: 16px; border-top: 1px solid var(--line); font-size: 16px; font-weight: 600; }
p { margin: 4px 0 0; }
.about, .dim, figcaption { color: var(--dim); }
.figures { display: flex; flex-wrap: wrap; gap: 24px; margin-top: 16px; }
figure { flex: 1 1 380px; min-width: 0; margin: 0; break-inside: avoid; }
figcaption { font-size: 13px; font-weight: 500; }
table { width: 100%; border-collapse: collapse; font-size: 13px; }
th { font-weight: 400; text-align: start; }
.chart table { margin-top: 4px; }
.chart th { width: 35%; padding: 5px 8px 5px 0; overflow-wrap: anywhere; }
.chart .value { width: 1%; padding-inline-start: 8px; text-align: end; white-space: nowrap; }
.track { height: 8px; margin: 2px 0; border-radius: 2px; background: var(--sunken); }
.fill, .outline { box-sizing: border-box; height: 100%; border-radius: 2px; }
.fill { background: var(--bad); }
.neutral .fill { background: var(--node); }
.outline { border: 1px solid var(--text); }
.network { display: block; width: 100%; margin-top: 4px; font-size: 9px; }
.links path { fill: none; stroke: var(--line); stroke-width: 1; }
.links .chosen { stroke: var(--bad); stroke-width: 1.8; }
.nodes circle { fill: var(--bg); stroke: var(--node); stroke-width: 1.5; }
.nodes .chosen { fill: var(--bad); stroke: var(--text); }
.names text { fill: var(--text); stroke: var(--bg); stroke-width: 2.5; stroke-linejoin: round; paint-order: stroke; }
.names .chosen { font-weight: 600; }
.picture { margin-top: 16px; overflow: auto; border: 1px solid var(--line); border-radius: 6px; background: var(--canvas); }
.picture svg { display: block; max-width: 100%; height: auto; }
.scroll { margin-top: 12px; overflow-x: auto; }
.grid :is(th, td) { padding: 7px 12px 7px 0; border-bottom: 1px solid var(--line); }
.grid thead th { color: var(--dim); font-size: 12px; font-weight: 500; vertical-align: bottom; }
.grid .number { text-align: end; }
ol { margin: 12px 0 0; padding: 0; list-style: none; }
li { padding: 8px 0; break-inside: avoid; }
.row { display: flex; flex-wrap: wrap; gap: 0 8px; align-items: baseline; }
.row .value { margin-inline-start: auto; font-weight: 600; }
.bar { height: 5px; margin-top: 3px; border-radius: 3px; background: var(--sunken); }
.bar div { height: 100%; border-radius: 3px; background: var(--bad); }
footer { max-width: 1000px; margin-top: 24px; padding-top: 12px; border-top: 1px solid var(--line); color: var(--dim); font-size: 12px; overflow-wrap: anywhere; }
`;

/** A page as one HTML file for offline use, with light and dark theme. The same page gives the same bytes. */
export const sharedPage = (page: PrintedPage, picture = ''): string =>
  pageHtml(page, { policy, style, picture });
