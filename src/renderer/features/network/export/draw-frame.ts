import { outline } from '../look/outline.ts';
import type { Shape } from '../look/shapes.ts';
import { headings } from './frame.ts';
import type { Frame } from './frame.ts';
import type { LegendLine, Surroundings } from './svg.ts';

const formAt = (shape: Shape, y: number): Path2D =>
  new Path2D(outline(shape, 14, y, shape === 'ring' ? 4 : 5));

function drawLine(context: CanvasRenderingContext2D, line: LegendLine, y: number, ground: string): void {
  if (line.kind === 'line') {
    context.strokeStyle = line.colour;
    context.lineWidth = line.width;
    context.setLineDash(line.dash ? [...line.dash] : []);
    context.stroke(new Path2D(`M0 ${y}h28`));
    context.setLineDash([]);
  } else if (line.kind === 'node') {
    const hollow = line.shape === 'ring';
    const form = formAt(line.shape, y);
    context.fillStyle = hollow ? ground : line.colour;
    context.fill(form);
    if (!hollow) return;
    context.strokeStyle = line.colour;
    context.lineWidth = 2.5;
    context.stroke(form);
  }
}

/** Draws what stands above a picture and its legend beside it, as `svgOf` writes them. The context is scaled to px of the picture. */
export function drawFrame(context: CanvasRenderingContext2D, around: Surroundings, frame: Frame): void {
  const { title, about, text, background, legend } = around;
  const say = (words: string, x: number, y: number, size: number, weight: 400 | 600): void => {
    context.fillStyle = text.colour;
    context.font = `${weight} ${size}px ${text.family}`;
    context.fillText(words, x, y);
  };
  context.textBaseline = 'alphabetic';
  say(title, headings.x, headings.title.y, headings.title.size, 600);
  say(about, headings.x, headings.about.y, headings.about.size, 400);
  context.save();
  context.translate(frame.legend.x, 0);
  legend.forEach((line, at) => {
    const y = frame.legend.y(at);
    drawLine(context, line, y, background);
    say(line.text, line.kind === 'heading' ? 0 : 38, y + 4, 12, line.kind === 'heading' ? 600 : 400);
  });
  context.restore();
}
