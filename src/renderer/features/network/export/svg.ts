import { escapeText } from '#shared/page/escape.ts';
import { shapeOutline } from '../look/shapes.ts';
import type { Point } from '../model/model.ts';
import { fullSize, rowHeight, topMargin } from './picture.ts';
import type { Line, Picture, PlacedShape } from './picture.ts';

const fontFamily = "'Inter Variable', Inter, system-ui, sans-serif";
const margin = 20;
const signWidth = 38;
const pngScale = 2;

const formatNumber = (value: number): string => String(Math.round(value * 10) / 10);
const pointText = ({ x, y }: Point): string => `${formatNumber(x)} ${formatNumber(y)}`;

function pathElement(d: string, fill: string, { colour, width, dash }: Line): string {
  const pattern = dash ? ` stroke-dasharray="${dash.join(' ')}"` : '';
  return `<path d="${d}" fill="${escapeText(fill)}" stroke="${escapeText(colour)}" stroke-width="${formatNumber(width)}"${pattern}/>`;
}

function shapePath({ shape, x, y, radius, colour }: PlacedShape, background: string): string {
  return shape === 'ring'
    ? pathElement(shapeOutline(shape, x, y, radius - 1), background, { colour, width: 2.5, dash: null })
    : pathElement(shapeOutline(shape, x, y, radius), colour, { colour: background, width: 1.5, dash: null });
}

function textAt(x: number, y: number, text: string, { isBold = false, size = 12 } = {}): string {
  const weight = isBold ? ' font-weight="600"' : '';
  return `<text x="${formatNumber(x)}" y="${formatNumber(y)}" font-size="${size}"${weight}>${escapeText(text)}</text>`;
}

function legendRows({ legend, width, background }: Picture): string[] {
  const left = width + margin;
  return legend.flatMap(({ text, sign }, index) => {
    const y = topMargin + rowHeight * (index + 0.5);
    const symbol = !sign
      ? []
      : 'line' in sign
        ? [pathElement(`M${left} ${y}h28`, 'none', sign.line)]
        : [shapePath({ ...sign, x: left + 14, y }, background)];
    return [...symbol, textAt(left + (sign ? signWidth : 0), y + 4, text, { isBold: !sign })];
  });
}

export function svgOf(picture: Picture): string {
  const { background, textColour, title, subtitle } = picture;
  // Without a title, the space of the heading is cut off.
  const hiddenTop = title === '' ? topMargin : 0;
  const { width, height } = fullSize(picture);
  const sizeAttributes = `width="${formatNumber(width)}" height="${formatNumber(height)}"`;
  const titleElement = title === '' ? [] : [`<title>${escapeText(`${title} – ${subtitle}`)}</title>`];
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${formatNumber(width)}" height="${formatNumber(height - hiddenTop)}" viewBox="0 ${hiddenTop} ${formatNumber(width)} ${formatNumber(height - hiddenTop)}" font-family="${escapeText(fontFamily)}" fill="${escapeText(textColour)}" role="img">`,
    ...titleElement,
    `<rect ${sizeAttributes} fill="${escapeText(background)}"/>`,
    textAt(margin, 30, title, { isBold: true, size: 16 }),
    textAt(margin, 50, subtitle),
    // Clips to the network's area.
    `<svg y="${topMargin}" width="${formatNumber(picture.width)}" height="${formatNumber(picture.height)}">`,
    ...picture.edges.flatMap(({ from, to, line, control, arrow = [] }) => [
      pathElement(
        `M${pointText(from)}${control ? `Q${pointText(control)} ` : 'L'}${pointText(to)}`,
        'none',
        line,
      ),
      ...(arrow.length > 0
        ? [`<path d="M${arrow.map(pointText).join('L')}Z" fill="${escapeText(line.colour)}"/>`]
        : []),
    ]),
    ...picture.nodes.map((node) => shapePath(node, background)),
    `<g text-anchor="middle" paint-order="stroke" stroke="${escapeText(background)}" stroke-width="3" stroke-linejoin="round">`,
    ...picture.labels.map(({ x, y, text, isBold }) => textAt(x, y, text, { isBold })),
    '</g>',
    '</svg>',
    ...legendRows(picture),
    '</svg>',
    '',
  ].join('\n');
}

export async function pngOf(picture: Picture): Promise<Uint8Array> {
  const { width, height } = fullSize(picture);
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
