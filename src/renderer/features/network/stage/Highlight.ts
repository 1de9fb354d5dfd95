import { mixColours } from '../look/appearance.ts';
import { emptyModel } from '../model/model.ts';
import type { Model, Neighbours } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes } from './attributes.ts';

/** The hovered node, the selected nodes, and the selected edge. */
export interface Emphasis {
  hovered: string | null;
  selected: ReadonlySet<string>;
  edge: string | null;
}

/** Everything else is dimmed. */
export interface Bright {
  nodes: ReadonlySet<string>;
  edge: (id: string, from: string, to: string) => boolean;
}

const nothing: Emphasis = { hovered: null, selected: new Set(), edge: null };
const alwaysNamed = { all: 150, bright: 40 };
const mostBold = 12;
const mostRays = 5;
const dim = { node: 0.68, edge: 0.78 };

/** The hovered node, else the selected ones, with their neighbours; or an edge with its ends. Null if nothing is dimmed. */
export function brightOf(
  { hovered, selected, edge }: Emphasis,
  model: Model,
  neighbours: Neighbours,
): Bright | null {
  const centre = new Set(
    (hovered !== null && model.nodes.has(hovered) ? [hovered] : [...selected]).filter((id) =>
      model.nodes.has(id),
    ),
  );
  if (centre.size > 0) {
    const nodes = new Set([...centre].flatMap((id) => [id, ...(neighbours.get(id) ?? [])]));
    return { nodes, edge: (_, from, to) => centre.has(from) || centre.has(to) };
  }
  const ends = edge === null ? undefined : model.edges.get(edge);
  return ends ? { nodes: new Set([ends.from, ends.to]), edge: (id) => id === ends.id } : null;
}

/** The highlight by hover and selection. */
export class Highlight {
  /** Off if colours already emphasise something. */
  readonly #dims: boolean;
  #emphasis: Emphasis = nothing;
  #hovered: string | null = null;
  #model: Model = emptyModel;
  #neighbours: Neighbours = new Map();
  #large = false;
  #bright: Bright | null = null;

  constructor(dims = true) {
    this.#dims = dims;
  }

  show(model: Model, neighbours: Neighbours, large: boolean): void {
    this.#model = model;
    this.#neighbours = neighbours;
    this.#large = large;
    this.#update();
  }

  /** Returns whether other nodes or edges must be redrawn. */
  set(emphasis: Emphasis): boolean {
    const before = this.#emphasis;
    this.#hovered = emphasis.hovered;
    // Dimming 60,000 elements on every move would stutter: in a large network only selection dims.
    const now = this.#large ? { ...emphasis, hovered: null } : emphasis;
    this.#emphasis = now;
    if (before.hovered === now.hovered && before.selected === now.selected && before.edge === now.edge)
      return false;
    this.#update();
    return true;
  }

  #update(): void {
    this.#bright = this.#dims ? brightOf(this.#emphasis, this.#model, this.#neighbours) : null;
  }

  get bright(): Bright | null {
    return this.#bright;
  }

  /** The only selected node, or null. */
  get single(): string | null {
    const { selected } = this.#emphasis;
    const [one = null] = selected;
    return selected.size === 1 ? one : null;
  }

  get hovered(): string | null {
    return this.#hovered;
  }

  boldNodes(): ReadonlySet<string> {
    const { selected } = this.#emphasis;
    const ids = selected.size <= mostBold ? selected : [];
    return new Set(this.#hovered === null ? ids : [...ids, this.#hovered]);
  }

  /** In a large network, the neighbours to which lines are drawn on top. */
  rayEnds(id: string): readonly string[] {
    const { selected } = this.#emphasis;
    const hasRays = id === this.#hovered || (selected.has(id) && selected.size <= mostRays);
    return this.#large && hasRays ? (this.#neighbours.get(id) ?? []) : [];
  }

  dimmedLine(colour: string, ground: string): string {
    return mixColours(colour, ground, dim.edge);
  }

  node(id: string, data: NodeAttributes, ground: string) {
    const dimmed = this.#bright !== null && !this.#bright.nodes.has(id);
    const isNamed = this.#bright !== null && !dimmed && this.#bright.nodes.size <= alwaysNamed.bright;
    return {
      ...data,
      dimmed: dimmed || data.isFaint === true,
      highlighted: this.#emphasis.selected.has(id),
      forceLabel: this.#model.nodes.size <= alwaysNamed.all || isNamed || data.isPriority === true,
      zIndex: dimmed ? 0 : 1,
      color: dimmed ? mixColours(data.color, ground, dim.node) : data.color,
    };
  }

  edge(id: string, [from, to]: readonly [string, string], data: EdgeAttributes, ground: string) {
    const isSelected = this.#emphasis.edge === id;
    const dimmed = this.#bright !== null && !this.#bright.edge(id, from, to);
    return {
      ...data,
      zIndex: isSelected ? 2 : dimmed ? 0 : 1,
      size: isSelected ? data.size + 2.5 : data.size,
      color: dimmed ? this.dimmedLine(data.color, ground) : data.color,
    };
  }
}
