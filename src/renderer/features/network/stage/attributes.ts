import type { Sigma } from 'sigma';
import type { Shape } from '../look/shapes.ts';

/** The look of a node without highlight. Sizes are px at full view. */
export type NodeLook = {
  size: number;
  color: string;
  shape: Shape;
  label: string;
  sign?: string;
  /** The label is placed before others. */
  isPriority?: boolean;
  /** The label is faint and placed after others. */
  isFaint?: boolean;
};

export type NodeAttributes = NodeLook & { x: number; y: number };

export type EdgeAttributes = {
  size: number;
  color: string;
  dash: readonly [number, number] | null;
  sign?: string;
  zIndex?: number;
  /** Directed, with an arrowhead at its target. */
  arrow?: boolean | undefined;
  /** For parallel links: see `bendsOf`. */
  bend?: number | null;
};

/** The look of nodes and edges by id. */
export interface Styles {
  node: (id: string) => NodeLook;
  edge: (id: string) => EdgeAttributes;
}

/** Colours of labels and decorations. `faint`: labels of dimmed nodes. */
export interface Ink {
  text: string;
  faint: string;
  background: string;
  accent: string;
}

export type Renderer = Sigma<NodeAttributes, EdgeAttributes>;
