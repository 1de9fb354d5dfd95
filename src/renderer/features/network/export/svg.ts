import { escapeText } from '#shared/page/escape.ts';
import { shapeOutline } from '../look/shapes.ts';
import type { Point } from '../model/model.ts';
import { sizeOf, topMargin } from './picture.ts';
import type { Line, Picture, ShapeAt } from './picture.ts';

const family = "'Inter Variable', Inter, system-ui, sans-serif";
const row = 20;
const space = 20;
const signWidth = 38;
const pngScale = 2;

const number = (value: number): string => String(Math.round(value * 10) / 10);
const at = ({ x, y }: Point): string => `${number(x)} ${number(y)}`;

function path(d: string, fill: string, { colour, width, dash }: Line): string {
  const pattern = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `<path d="${d}" fill="${escapeText(fill)}" stroke="${escapeText(colour)}" stroke-width="${number(width)}"${pattern}/>`;
}

function shapePath({ shape, x, y, radius, colour }: ShapeAt, background: string): string {
  return shape === 'ring'
    ? path(shapeOutline(shape, x, y, radius - 1), background, { colour, width: 2.5, dash: null })
    : path(shapeOutline(shape, x, y, radius), colour, { colour: background, width: 1.5, dash: null });
}

function textAt(x: number, y: number, text: string, isBold: boolean, size = 12): string {
  const weight = isBold ? ' font-weight="600"' : '';
  return `<text x="${number(x)}" y="${number(y)}" font-size="${size}"${weight}>${escapeText(text)}</text>`;
}

function legendRows({ legend, width, background }: Picture): string[] {
  const left = width + space;
  return legend.flatMap(({ text, sign }, index) => {
    const y = topMargin + row * (index + 0.5);
    const symbol = !sign
      ? []
      : 'line' in sign
        ? [path(`M${left} ${y}h28`, 'none', sign.line)]
        : [shapePath({ ...sign, x: left + 14, y }, background)];
    return [...symbol, textAt(left + (sign ? signWidth : 0), y + 4, text, !sign)];
  });
}

export function svgOf(picture: Picture): string {
  const { background, textColour, title, about } = picture;
  // Without a title there is no heading.
  const start = title === '' ? topMargin : 0;
  const { width, height } = sizeOf(picture);
  const size = `width="${number(width)}" height="${number(height)}"`;
  const words = title === '' ? [] : [`<title>${escapeText(`${title} – ${about}`)}</title>`];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${number(width)}" height="${number(height - start)}" viewBox="0 ${start} ${number(width)} ${number(height - start)}" font-family="${escapeText(family)}" fill="${escapeText(textColour)}" role="img">`,
    ...words,
    `<rect ${size} fill="${escapeText(background)}"/>`,
    textAt(space, 30, title, true, 16),
    textAt(space, 50, about, false),
    // Clips to the network's area.
    `<svg y="${topMargin}" width="${number(picture.width)}" height="${number(picture.height)}">`,
    ...picture.edges.flatMap(({ from, to, line, control, arrow = [] }) => [
      path(`M${at(from)}${control ? `Q${at(control)} ` : 'L'}${at(to)}`, 'none', line),
      ...(arrow.length > 0
        ? [`<path d="M${arrow.map(at).join('L')}Z" fill="${escapeText(line.colour)}"/>`]
        : []),
    ]),
    ...picture.nodes.map((node) => shapePath(node, background)),
    `<g text-anchor="middle" paint-order="stroke" stroke="${escapeText(background)}" stroke-width="3" stroke-linejoin="round">`,
    ...picture.names.map(({ x, y, text, isBold }) => textAt(x, y, text, isBold)),
    '</g>',
    '</svg>',
    ...legendRows(picture),
    '</svg>',
    '',
  ].join('\n');
}

export async function pngOf(picture: Picture): Promise<Uint8Array> {
  const { width, height } = sizeOf(picture);
  const url = URL.createObjectURL(new Blob([svgOf(picture)], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * pngScale);
    canvas.height = Math.round(height * pngScale);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (!blob) throw new Error('The picture is too large.');
    return new Uint8Array(await blob.arrayBuffer());
  } finally {
    URL.revokeObjectURL(url);
  }
}
