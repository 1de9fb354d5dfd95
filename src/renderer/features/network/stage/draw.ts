import type { Point } from '../model/model.ts';
import type { EdgeAttributes, Ink, Renderer } from './attributes.ts';
import { arrowOf, curveOf } from './curve.ts';
import { belowRing, labelSize, shortenLabel } from './labels.ts';

export const fontFamily = "'Inter Variable', system-ui, sans-serif";
const badge = { radius: 7, font: `600 11px ${fontFamily}` };

export const labelFont = (weight: 400 | 600): string => `${weight} ${labelSize}px ${fontFamily}`;

/** Writes a label with an outline in the background colour, which separates it from lines. */
export function drawText(
  context: CanvasRenderingContext2D,
  text: string,
  { x, y }: Point,
  colour: string,
  background: string,
): void {
  context.textAlign = 'center';
  context.textBaseline = 'alphabetic';
  context.lineJoin = 'round';
  context.lineWidth = 3;
  context.strokeStyle = background;
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
}

export function drawBadge(
  context: CanvasRenderingContext2D,
  sign: string,
  { x, y }: Point,
  colour: string,
  background: string,
): void {
  context.beginPath();
  context.arc(x, y, badge.radius, 0, Math.PI * 2);
  context.fillStyle = colour;
  context.fill();
  context.lineWidth = 1.5;
  context.strokeStyle = background;
  context.stroke();
  context.font = badge.font;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillStyle = background;
  context.fillText(sign, x, y + 0.5);
}

function drawRays(
  context: CanvasRenderingContext2D,
  from: Point,
  ends: readonly Point[],
  colour: string,
): void {
  context.beginPath();
  for (const { x, y } of ends) {
    context.moveTo(from.x, from.y);
    context.lineTo(x, y);
    context.moveTo(x + 3, y);
    context.arc(x, y, 3, 0, Math.PI * 2);
  }
  context.lineWidth = 1.2;
  context.strokeStyle = context.fillStyle = colour;
  context.stroke();
  context.fill();
}

/** The label position of a highlighted node: below its ring, inside of a window of this width. */
export function boldLabelPosition(
  { x, y, size }: Point & { size: number },
  labelWidth: number,
  windowWidth: number,
): Point {
  const halfWidth = labelWidth / 2 + 2;
  return {
    x: windowWidth > 2 * halfWidth ? Math.min(Math.max(x, halfWidth), windowWidth - halfWidth) : x,
    y: y + belowRing(size),
  };
}

/** Draws the ring of a selected or hovered node, the lines to `rays`, and its label in bold unless null. */
export function drawHighlight(
  context: CanvasRenderingContext2D,
  node: Point & { size: number },
  {
    label,
    rays,
    windowWidth,
    ink,
  }: { label: string | null; rays: readonly Point[]; windowWidth: number; ink: Ink },
): void {
  drawRays(context, node, rays, ink.accent);
  context.beginPath();
  context.arc(node.x, node.y, node.size * 1.15 + 5, 0, Math.PI * 2);
  context.lineWidth = 2;
  context.strokeStyle = ink.accent;
  context.stroke();
  if (label === null) return;
  context.font = labelFont(600);
  const text = shortenLabel(label);
  drawText(
    context,
    text,
    boldLabelPosition(node, context.measureText(text).width, windowWidth),
    ink.text,
    ink.background,
  );
}

/** Draws parallel links as curves between sigma's edges and nodes, with arrowheads if directed; with and without WebGL. */
export function drawCurves(sigma: Renderer): void {
  const draw = (): void => {
    const context = sigma.getCanvases().edgeLabels?.getContext('2d');
    if (!context) return;
    const graph = sigma.getGraph();
    const curvedEdgeIds = graph.filterEdges((_id, { bend }) => bend !== null && bend !== undefined);
    const displayData = (id: string) =>
      sigma.getEdgeDisplayData(id) as (EdgeAttributes & { zIndex: number }) | undefined;
    curvedEdgeIds.sort((a, b) => (displayData(a)?.zIndex ?? 0) - (displayData(b)?.zIndex ?? 0));
    for (const id of curvedEdgeIds) {
      const edgeStyle = displayData(id);
      if (!edgeStyle) continue;
      const [source, target] = graph.extremities(id).map((end) => graph.getNodeAttributes(end));
      if (!source || !target) continue;
      const [from, to] = [sigma.graphToViewport(source), sigma.graphToViewport(target)];
      const curve = curveOf(from, to, -(edgeStyle.bend ?? 0));
      const width = Math.max(sigma.scaleSize(edgeStyle.size), 0.75);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(curve.control.x, curve.control.y, to.x, to.y);
      context.setLineDash([...(edgeStyle.dash ?? [])]);
      context.lineWidth = width;
      context.strokeStyle = context.fillStyle = edgeStyle.color;
      context.stroke();
      if (edgeStyle.arrow !== true) continue;
      context.beginPath();
      for (const { x, y } of arrowOf(curve, sigma.scaleSize(target.size), width)) context.lineTo(x, y);
      context.fill();
    }
    context.setLineDash([]);
  };
  sigma.on('afterRender', draw);
}
