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

/** The nodes and edges that keep their colour; everything else is dimmed. */
export interface BrightElements {
  nodes: ReadonlySet<string>;
  hasEdge: (id: string, from: string, to: string) => boolean;
}

const noEmphasis: Emphasis = { hovered: null, selected: new Set(), edge: null };
const maxForcedLabels = { all: 150, bright: 40 };
const maxBoldLabels = 12;
const maxRaySources = 5;
const dimShare = { node: 0.68, edge: 0.78 };

/** The hovered node, else the selected ones, with their neighbours; or an edge with its ends. Null if nothing is dimmed. */
export function brightElementsOf(
  { hovered, selected, edge }: Emphasis,
  model: Model,
  neighbours: Neighbours,
): BrightElements | null {
  const centres = new Set(
    (hovered !== null && model.nodes.has(hovered) ? [hovered] : [...selected]).filter((id) =>
      model.nodes.has(id),
    ),
  );
  if (centres.size > 0) {
    const nodes = new Set([...centres].flatMap((id) => [id, ...(neighbours.get(id) ?? [])]));
    return { nodes, hasEdge: (_, from, to) => centres.has(from) || centres.has(to) };
  }
  const ends = edge === null ? undefined : model.edges.get(edge);
  return ends ? { nodes: new Set([ends.from, ends.to]), hasEdge: (id) => id === ends.id } : null;
}

export class Highlight {
  /** False if the colours already emphasise something. */
  readonly #dimsOthers: boolean;
  #emphasis: Emphasis = noEmphasis;
  #hovered: string | null = null;
  #model: Model = emptyModel;
  #neighbours: Neighbours = new Map();
  #isLarge = false;
  #brightElements: BrightElements | null = null;

  constructor(dimsOthers = true) {
    this.#dimsOthers = dimsOthers;
  }

  show(model: Model, neighbours: Neighbours, isLarge: boolean): void {
    this.#model = model;
    this.#neighbours = neighbours;
    this.#isLarge = isLarge;
    this.#update();
  }

  /** Returns whether other nodes or edges must be redrawn. */
  setEmphasis(emphasis: Emphasis): boolean {
    const previousEmphasis = this.#emphasis;
    this.#hovered = emphasis.hovered;
    // Dimming 60,000 elements on every move would stutter: in a large network only selection dims.
    const currentEmphasis = this.#isLarge ? { ...emphasis, hovered: null } : emphasis;
    this.#emphasis = currentEmphasis;
    if (
      previousEmphasis.hovered === currentEmphasis.hovered &&
      previousEmphasis.selected === currentEmphasis.selected &&
      previousEmphasis.edge === currentEmphasis.edge
    )
      return false;
    this.#update();
    return true;
  }

  #update(): void {
    this.#brightElements = this.#dimsOthers
      ? brightElementsOf(this.#emphasis, this.#model, this.#neighbours)
      : null;
  }

  get brightElements(): BrightElements | null {
    return this.#brightElements;
  }

  /** The only selected node, or null. */
  get selectedNode(): string | null {
    const { selected } = this.#emphasis;
    const [firstId = null] = selected;
    return selected.size === 1 ? firstId : null;
  }

  get hovered(): string | null {
    return this.#hovered;
  }

  boldNodes(): ReadonlySet<string> {
    const { selected } = this.#emphasis;
    const ids = selected.size <= maxBoldLabels ? selected : [];
    return new Set(this.#hovered === null ? ids : [...ids, this.#hovered]);
  }

  /** In a large network, the neighbours to which lines are drawn on top. */
  rayEnds(id: string): readonly string[] {
    const { selected } = this.#emphasis;
    const hasRays = id === this.#hovered || (selected.has(id) && selected.size <= maxRaySources);
    return this.#isLarge && hasRays ? (this.#neighbours.get(id) ?? []) : [];
  }

  dimLineColour(colour: string, background: string): string {
    return mixColours(colour, background, dimShare.edge);
  }

  nodeStyle(id: string, data: NodeAttributes, background: string) {
    const isDimmed = this.#brightElements !== null && !this.#brightElements.nodes.has(id);
    const isLabelled =
      this.#brightElements !== null && !isDimmed && this.#brightElements.nodes.size <= maxForcedLabels.bright;
    return {
      ...data,
      dimmed: isDimmed || data.isFaint === true,
      highlighted: this.#emphasis.selected.has(id),
      forceLabel: this.#model.nodes.size <= maxForcedLabels.all || isLabelled || data.isPriority === true,
      zIndex: isDimmed ? 0 : 1,
      color: isDimmed ? mixColours(data.color, background, dimShare.node) : data.color,
    };
  }

  edgeStyle(id: string, [from, to]: readonly [string, string], data: EdgeAttributes, background: string) {
    const isSelected = this.#emphasis.edge === id;
    const isDimmed = this.#brightElements !== null && !this.#brightElements.hasEdge(id, from, to);
    return {
      ...data,
      zIndex: isSelected ? 2 : isDimmed ? 0 : 1,
      size: isSelected ? data.size + 2.5 : data.size,
      color: isDimmed ? this.dimLineColour(data.color, background) : data.color,
    };
  }
}
