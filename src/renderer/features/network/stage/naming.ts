import type { Sigma } from 'sigma';
import type { Point } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes } from './attributes.ts';
import { strongSpot, writeNames } from './draw.ts';
import type { Ink } from './draw.ts';
import { shortened } from './names.ts';
import type { Box, Form, Names } from './names.ts';

export type Drawing = Sigma<NodeAttributes, EdgeAttributes>;

/** Up to this many nodes names are kept off all forms and, where that goes, off lines; beyond, they stand below their nodes. */
const spared = { nodes: 400, edges: 800 };
/** Up to this many nodes each has its name, if need be over another. */
const few = 40;

/**
 * Where a node is on the screen, in px of the drawing, with its radius; null when it is not shown. From the graph: what sigma
 * keeps of a node is in another measure between asking for a frame and the frame.
 */
export function formOf(sigma: Drawing, id: string): Form | null {
  const graph = sigma.getGraph();
  if (!graph.hasNode(id)) return null;
  const { x, y, size } = graph.getNodeAttributes(id);
  return { ...sigma.graphToViewport({ x, y }), size: sigma.scaleSize(size) };
}

/** Gives names the room that forms and lines leave. */
function leaveRoom(sigma: Drawing, names: Names, isDimmed: (id: string) => boolean): void {
  const graph = sigma.getGraph();
  if (graph.order > spared.nodes) return;
  const forms = new Map<string, Point>();
  for (const id of graph.nodes()) {
    const form = formOf(sigma, id);
    if (!form) continue;
    forms.set(id, form);
    names.spare(id, form, isDimmed(id));
  }
  if (graph.size > spared.edges) return;
  graph.forEachEdge((_edge, _data, from, to) => {
    const [start, end] = [forms.get(from), forms.get(to)];
    if (start && end) names.avoid(start, end);
  });
}

interface Given {
  ink: () => Ink;
  /** Whose names are written with their rings, among many: they have their room first. */
  withRings: () => Iterable<string>;
  isDimmed: (id: string) => boolean;
  /** Where something lies over the drawing. */
  covers: () => Iterable<Box>;
}

/** Has a drawing write the names that it wants, once all of a frame are known. */
export function nameNodes(sigma: Drawing, names: Names, { ink, withRings, isDimmed, covers }: Given): void {
  sigma.on('beforeRender', () => names.begin());
  sigma.on('afterRender', () => {
    const context = sigma.getCanvases().labels?.getContext('2d');
    if (!context || !names.isAsked) return;
    const settings = sigma.getSettings();
    const { labelSize: letters, labelFont } = settings;
    const size = sigma.getDimensions();
    names.within(size);
    for (const cover of covers()) names.block(cover);
    leaveRoom(sigma, names, isDimmed);
    context.font = `600 ${letters}px ${labelFont}`;
    for (const id of withRings()) {
      const form = formOf(sigma, id);
      if (!form) continue;
      const wide = context.measureText(shortened(sigma.getGraph().getNodeAttribute(id, 'label'))).width;
      names.reserve(strongSpot(form, { wide, letters, width: size.width }), wide, letters);
    }
    writeNames(context, names, ink(), settings, sigma.getGraph().order <= few);
  });
}
