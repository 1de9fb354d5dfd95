import type { EdgeAttributes, Renderer } from './attributes.ts';
import { arrowOf, curveOf } from './curve.ts';

/** Draws parallel links as curves between sigma's edges and nodes, with arrowheads if directed; with and without WebGL. */
export function drawCurves(sigma: Renderer): void {
  const draw = (): void => {
    const context = sigma.getCanvases().edgeLabels?.getContext('2d');
    if (!context) return;
    const graph = sigma.getGraph();
    const curves = graph.filterEdges((_id, { bend }) => bend !== null && bend !== undefined);
    const lookOf = (id: string) =>
      sigma.getEdgeDisplayData(id) as (EdgeAttributes & { zIndex: number }) | undefined;
    // Highlighted curves are drawn last.
    curves.sort((a, b) => (lookOf(a)?.zIndex ?? 0) - (lookOf(b)?.zIndex ?? 0));
    for (const id of curves) {
      const look = lookOf(id);
      if (!look) continue;
      const [source, target] = graph.extremities(id).map((end) => graph.getNodeAttributes(end));
      if (!source || !target) continue;
      const [from, to] = [sigma.graphToViewport(source), sigma.graphToViewport(target)];
      const curve = curveOf(from, to, -(look.bend ?? 0));
      const width = Math.max(sigma.scaleSize(look.size), 0.75);
      context.beginPath();
      context.moveTo(from.x, from.y);
      context.quadraticCurveTo(curve.control.x, curve.control.y, to.x, to.y);
      context.setLineDash([...(look.dash ?? [])]);
      context.lineWidth = width;
      context.strokeStyle = context.fillStyle = look.color;
      context.stroke();
      if (look.arrow !== true) continue;
      context.beginPath();
      for (const { x, y } of arrowOf(curve, sigma.scaleSize(target.size), width)) context.lineTo(x, y);
      context.fill();
    }
    context.setLineDash([]);
  };
  sigma.on('afterRender', draw);
}
