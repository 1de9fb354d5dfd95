import type { Settings } from 'sigma/settings';
import { askFor, drawHover } from './draw.ts';
import type { Emphatic, Ink } from './draw.ts';
import { edgeProgram } from './edge-program.ts';
import { rgb } from './line-program.ts';
import type { Names } from './names.ts';
import { nodeProgram } from './node-program.ts';

/** From how many on patterns of lines are left out, edges are hidden while moving, and names are fewer. */
const large = { nodes: 3000, edges: 6000 };

export function isLarge(nodes: number, edges: number): boolean {
  return nodes > large.nodes || edges > large.edges;
}

/** What depends on how much is shown: everything for a few, only what keeps moving smooth for many. */
export function settingsBySize(many: boolean): Partial<Settings> {
  return {
    hideLabelsOnMove: many,
    zIndex: !many,
    labelDensity: many ? 0.5 : 1.6,
    labelGridCellSize: many ? 140 : 70,
    labelRenderedSizeThreshold: many ? 2.6 : 3,
  };
}

/** What the stage knows and drawing asks for. */
export interface Asked {
  ink: () => Ink;
  names: Names;
  emphatic: Emphatic;
  isCrowded: () => boolean;
}

/** How sigma draws our network: forms, patterns and names of our own. */
export function stageSettings({ ink, names, emphatic, isCrowded }: Asked): Partial<Settings> {
  return {
    allowInvalidContainer: true,
    defaultNodeType: 'form',
    nodeProgramClasses: { form: nodeProgram(() => rgb(ink().ground)) },
    defaultEdgeType: 'stroke',
    edgeProgramClasses: { stroke: edgeProgram },
    defaultDrawNodeLabel: askFor(names, isCrowded),
    defaultDrawNodeHover: drawHover(ink, emphatic),
    labelFont: "'Inter Variable', system-ui, sans-serif",
    labelSize: 12,
    // What is left free at the sides is worked out in frame.ts.
    stagePadding: 0,
    enableEdgeEvents: true,
    minCameraRatio: 0.02,
    maxCameraRatio: 6,
    zoomDuration: 140,
    inertiaDuration: 160,
    doubleClickZoomingRatio: 1,
    ...settingsBySize(false),
  };
}
