import type { FileContent } from '#shared/shell/files.ts';
import { Sigma } from 'sigma';
import { drawFrame } from './draw-frame.ts';
import { frameOf } from './frame.ts';
import type { Surroundings } from './svg.ts';
import type { EdgeAttributes, NodeAttributes } from '../stage/attributes.ts';
import { askFor, drawHover } from '../stage/draw.ts';
import { Names } from '../stage/names.ts';
import { formOf, nameNodes } from '../stage/naming.ts';
import type { Drawing } from '../stage/naming.ts';
import type { Stage } from '../stage/Stage.ts';

/** Layers that belong into a picture, from back to front: not what follows the pointer. */
const layers = ['edges', 'nodes', 'edgeLabels', 'labels', 'hovers', 'hoverNodes'];

function base64(bytes: Uint8Array): string {
  let text = '';
  // In pieces: a call has only so many arguments.
  for (let at = 0; at < bytes.length; at += 0x8000)
    text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}

/** A second drawing of what the stage shows, so many times as large. Throws where there is no WebGL. */
function drawnLarger(stage: Stage, room: HTMLElement, scale: number): Drawing {
  const settings = stage.sigma.getSettings();
  const names = new Names();
  // It draws for the first time before it is there; that is drawn over.
  const drawing: { made: Drawing | null } = { made: null };
  const isCrowded = (): boolean => stage.isLarge;
  const larger: Drawing = new Sigma<NodeAttributes, EdgeAttributes>(stage.graph, room, {
    ...(settings as object),
    labelSize: settings.labelSize * scale,
    stagePadding: settings.stagePadding * scale,
    labelGridCellSize: settings.labelGridCellSize * scale,
    labelRenderedSizeThreshold: settings.labelRenderedSizeThreshold * scale,
    zoomToSizeRatioFunction: (ratio) => settings.zoomToSizeRatioFunction(ratio) / scale,
    ...({
      defaultDrawNodeLabel: askFor(names, isCrowded),
      defaultDrawNodeHover: drawHover(() => stage.ink, {
        isNamed: (id) => stage.attention.withRings().has(id),
        rays: (id) =>
          stage.attention.rayEnds(id).flatMap((other) => (drawing.made && formOf(drawing.made, other)) ?? []),
        width: () => stage.sigma.getDimensions().width * scale,
      }),
    } as object),
    // Patterns are in px, whatever the size of a line.
    edgeReducer: (edge: string, data: EdgeAttributes) => {
      const dash = data.dash && [data.dash[0] * scale, data.dash[1] * scale];
      return { ...settings.edgeReducer?.(edge, data), dash };
    },
    hideLabelsOnMove: false,
    enableEdgeEvents: false,
  });
  drawing.made = larger;
  nameNodes(larger, names, {
    ink: () => stage.ink,
    withRings: () => stage.attention.withRings(),
    isDimmed: (id) => stage.attention.isDimmed(id),
    covers: () => [],
  });
  return larger;
}

/**
 * What the stage shows, at twice its size, as a PNG: drawn once more by a second sigma of twice the size out of sight, so that forms and
 * names are sharp, and its canvases put on each other over the ground, with what it is above and its legend beside it.
 */
export async function pngOf(stage: Stage, around: Surroundings): Promise<FileContent> {
  const { width, height } = stage.sigma.getDimensions();
  const scale = 2;
  const room = document.createElement('div');
  Object.assign(room.style, {
    position: 'fixed',
    left: '-20000px',
    top: '0',
    width: `${width * scale}px`,
    height: `${height * scale}px`,
  });
  document.body.append(room);
  let larger: Drawing | null = null;
  try {
    larger = drawnLarger(stage, room, scale);
    stage.lines.drawWith(larger, () => false);
    larger.setCustomBBox(stage.sigma.getCustomBBox());
    larger.getCamera().setState(stage.sigma.getCamera().getState());
    const canvas = document.createElement('canvas');
    const drawn = larger.getCanvases();
    const frame = frameOf({ width, height }, around.legend);
    // A screen of many dots to a px has more of them in each canvas.
    const dots = (drawn.nodes?.width ?? width * scale) / width;
    canvas.width = Math.round(frame.width * dots);
    canvas.height = Math.round(frame.height * dots);
    const context = canvas.getContext('2d');
    if (!context) throw new Error('No canvas to draw on.');
    context.fillStyle = stage.ink.ground;
    context.fillRect(0, 0, canvas.width, canvas.height);
    // What WebGL has drawn is there only until this task ends.
    larger.refresh();
    for (const layer of layers) if (drawn[layer]) context.drawImage(drawn[layer], 0, frame.top * dots);
    context.scale(dots, dots);
    drawFrame(context, around, frame);
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/png'));
    if (!blob) throw new Error('The picture is too large.');
    return { kind: 'bytes', base64: base64(new Uint8Array(await blob.arrayBuffer())) };
  } finally {
    larger?.kill();
    room.remove();
  }
}
