import type { Point } from '../model/model.ts';
import { outline } from '../look/outline.ts';
import type { Shape } from '../look/shapes.ts';
import { frameOf, headings } from './frame.ts';
import type { Frame } from './frame.ts';

/** What stands around a picture. */
export interface Surroundings {
  /** What the picture is of, and in a second line what it shows, and of which day. */
  title: string;
  about: string;
  background: string;
  text: { colour: string; family: string };
  legend: readonly LegendLine[];
}

/** A network as it is drawn: everything in px of the picture, y down, colours as CSS has them. */
export interface Picture extends Surroundings {
  width: number;
  height: number;
  edges: readonly {
    from: Point;
    to: Point;
    colour: string;
    width: number;
    dash: readonly [number, number] | null;
  }[];
  nodes: readonly (Point & { radius: number; shape: Shape; colour: string })[];
  /** Each at the middle of its base line. */
  names: readonly (Point & { text: string; strong: boolean })[];
}

/** A line of the legend: a heading, a kind of line, or a kind of node. */
export type LegendLine =
  | { kind: 'heading'; text: string }
  | { kind: 'line'; text: string; colour: string; width: number; dash: readonly [number, number] | null }
  | { kind: 'node'; text: string; colour: string; shape: Shape };

const signs: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** Characters that XML cannot hold at all. */
// oxlint-disable-next-line no-control-regex -- these are the ones meant
const unprintable = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]|\p{Surrogate}/gu;

const escape = (text: string): string =>
  text.replaceAll(unprintable, '\uFFFD').replaceAll(/[&<>"]/g, (sign) => signs[sign] ?? sign);
/** Places far outside of any picture are as good as at its border. */
const furthest = 1e6;
const number = (value: number): string =>
  String(Number.isNaN(value) ? 0 : Math.round(Math.max(-furthest, Math.min(furthest, value)) * 10) / 10);

function stroke(colour: string, width: number, dash: readonly [number, number] | null): string {
  const pattern = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `stroke="${escape(colour)}" stroke-width="${number(width)}"${pattern}`;
}

function node(
  { shape, colour, x, y, radius }: { shape: Shape; colour: string; radius: number } & Point,
  ground: string,
) {
  const form = outline(shape, x, y, shape === 'ring' ? radius - 1 : radius);
  const fill = shape === 'ring' ? ground : colour;
  const line = shape === 'ring' ? stroke(colour, 2.5, null) : stroke(ground, 1.5, null);
  return `<path d="${form}" fill="${escape(fill)}" ${line}/>`;
}

function legendLine(line: LegendLine, y: number, ground: string): string {
  const x = 0;
  if (line.kind === 'heading')
    return `<text x="${x}" y="${y + 4}" font-weight="600">${escape(line.text)}</text>`;
  const sign =
    line.kind === 'line'
      ? `<path d="M${x} ${y}h28" ${stroke(line.colour, line.width, line.dash)}/>`
      : node({ shape: line.shape, colour: line.colour, x: x + 14, y, radius: 5 }, ground);
  return `${sign}<text x="${x + 38}" y="${y + 4}">${escape(line.text)}</text>`;
}

function legend({ legend: lines, background, text }: Picture, frame: Frame): readonly string[] {
  if (lines.length === 0) return [];
  return [
    `<g transform="translate(${number(frame.legend.x)} 0)" font-size="12" fill="${escape(text.colour)}">`,
    ...lines.map((line, at) => legendLine(line, frame.legend.y(at), background)),
    '</g>',
  ];
}

function heading({ title, about, text }: Picture): readonly string[] {
  const { x, title: first, about: second } = headings;
  return [
    `<g fill="${escape(text.colour)}">`,
    `<text x="${x}" y="${first.y}" font-size="${first.size}" font-weight="600">${escape(title)}</text>`,
    `<text x="${x}" y="${second.y}" font-size="${second.size}">${escape(about)}</text>`,
    '</g>',
  ];
}

/**
 * The picture as the text of an SVG file: the same forms, colours and line patterns as in the window, with what it is and of which day
 * above and its legend beside it.
 */
export function svgOf(picture: Picture): string {
  const { width, height, background, title, about, edges, nodes, names, text } = picture;
  const frame = frameOf(picture, picture.legend);
  const [wide, tall] = [number(frame.width), number(frame.height)];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${wide}" height="${tall}" viewBox="0 0 ${wide} ${tall}" font-family="${escape(text.family)}" role="img">`,
    `<title>${escape(`${title} – ${about}`)}</title>`,
    `<rect width="100%" height="100%" fill="${escape(background)}"/>`,
    ...heading(picture),
    // A picture within: what lies outside of it is cut off.
    `<svg y="${number(frame.top)}" width="${number(width)}" height="${number(height)}">`,
    '<g fill="none">',
    ...edges.map(
      ({ from, to, colour, width: wide, dash }) =>
        `<path d="M${number(from.x)} ${number(from.y)}L${number(to.x)} ${number(to.y)}" ${stroke(colour, wide, dash)}/>`,
    ),
    '</g>',
    ...nodes.map((one) => node(one, background)),
    `<g font-size="12" text-anchor="middle" fill="${escape(text.colour)}" stroke="${escape(background)}" stroke-width="3" stroke-linejoin="round" paint-order="stroke">`,
    ...names.map(
      ({ x, y, text: name, strong }) =>
        `<text x="${number(x)}" y="${number(y)}"${strong ? ' font-weight="600"' : ''}>${escape(name)}</text>`,
    ),
    '</g>',
    '</svg>',
    ...legend(picture, frame),
    '</svg>',
    '',
  ].join('\n');
}
