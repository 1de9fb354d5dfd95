import type { Sigma } from 'sigma';
import type { Shape } from '../look/shapes.ts';

/** How a node looks when nothing is highlighted. Sizes are px where everything fits the window. */
export type NodeLook = {
  size: number;
  color: string;
  shape: Shape;
  label: string;
  sign?: string;
  /** Its name is placed before others. */
  isPriority?: boolean;
  /** Its name is written in a faint colour, after others. */
  isFaint?: boolean;
};

export type NodeAttributes = NodeLook & { x: number; y: number };

export type EdgeAttributes = {
  size: number;
  color: string;
  dash: readonly [number, number] | null;
  sign?: string;
  zIndex?: number;
  /** Whether it has a direction, which an arrowhead at its target shows. */
  arrow?: boolean | undefined;
  /** Of several links between the same two records: see `bendsOf`. */
  bend?: number | null;
};

/** How nodes and edges look, by id. */
export interface Styles {
  node: (id: string) => NodeLook;
  edge: (id: string) => EdgeAttributes;
}

/** Colours of what is drawn beside nodes and edges. `faint`: names of dimmed nodes. */
export interface Ink {
  text: string;
  faint: string;
  ground: string;
  accent: string;
}

export type Renderer = Sigma<NodeAttributes, EdgeAttributes>;
