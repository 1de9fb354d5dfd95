import type { Shape } from '../look/shapes.ts';

/** How a node looks when nothing is dimmed. */
export type NodeLook = {
  /** Radius in px where the whole fits the window. */
  size: number;
  color: string;
  shape: Shape;
  label: string;
};

/** What is kept with each drawn node. */
export type NodeAttributes = NodeLook & { x: number; y: number };

export type EdgeAttributes = {
  /** Width in px where the whole fits the window. */
  size: number;
  color: string;
  dash: readonly [number, number] | null;
  zIndex?: number;
};

/** How nodes and edges look, by id. */
export interface Styles {
  node: (id: string) => NodeLook;
  edge: (id: string) => EdgeAttributes;
}

/** What is drawn with emphasis: the node under the pointer, those that are selected, and an edge. */
export interface Emphasis {
  hovered: string | null;
  selected: ReadonlySet<string>;
  edge: string | null;
}
