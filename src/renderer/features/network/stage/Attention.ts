import { mixed } from '../look/palette.ts';
import { emptyModel } from '../model/model.ts';
import type { Model } from '../model/model.ts';
import type { Neighbours } from '../model/neighbours.ts';
import type { EdgeAttributes, Emphasis, NodeAttributes } from './attributes.ts';
import { litBy } from './lit.ts';
import type { Lit } from './lit.ts';

const nothing: Emphasis = { hovered: null, selected: new Set(), edge: null };
/** Up to this many nodes each has its name, where there is room for it; and of many those that stay bright, when they are few. */
const named = { all: 150, bright: 40 };
/** Up to so many that are selected have their names in strong letters; more would be written over each other. */
const strong = 12;
/** Up to so many that are selected among many have lines to their neighbours drawn over the rest. */
const fewSelected = 5;
/** With more neighbours than this a node is brought into sight without them. */
const mostSeen = 30;
/** How much of the ground is in what is dimmed. */
const dim = { node: 0.68, edge: 0.78 };

/** What of a picture matters now, because it is under the pointer or selected, and how that is told from the rest. */
export class Attention {
  #now: Emphasis = nothing;
  #hovered: string | null = null;
  #model: Model = emptyModel;
  #neighbours: Neighbours = new Map();
  #large = false;
  #lit: Lit | null = null;

  /** The picture is of a model; a large one dims only for what is selected. */
  show(model: Model, neighbours: Neighbours, large: boolean): void {
    this.#model = model;
    this.#neighbours = neighbours;
    this.#large = large;
    this.#relight();
  }

  /** Turns to something else. True when the rest looks otherwise for it. */
  turn(emphasis: Emphasis): boolean {
    const before = this.#now;
    this.#hovered = emphasis.hovered;
    // Dimming sixty thousand things on every move of the pointer would make it stutter: there only a selection dims.
    const now = this.#large ? { ...emphasis, hovered: null } : emphasis;
    this.#now = now;
    if (before.hovered === now.hovered && before.selected === now.selected && before.edge === now.edge)
      return false;
    this.#relight();
    return true;
  }

  #relight(): void {
    this.#lit = litBy(this.#now, this.#model, this.#neighbours);
  }

  /** What stays bright; null when nothing is dimmed. */
  get lit(): Lit | null {
    return this.#lit;
  }

  /** The only node that is selected, or null. */
  get single(): string | null {
    const { selected } = this.#now;
    const [one = null] = selected;
    return selected.size === 1 ? one : null;
  }

  /** The node that has the handle of a link beside it, or null. */
  get handled(): string | null {
    return this.#hovered ?? this.single;
  }

  isDimmed(id: string): boolean {
    return this.#lit !== null && !this.#lit.nodes.has(id);
  }

  /** The colour of a line that is dimmed. */
  dimmedLine(colour: string, ground: string): string {
    return mixed(colour, ground, dim.edge);
  }

  #isStrong(id: string): boolean {
    const { selected } = this.#now;
    return id === this.#hovered || (selected.has(id) && selected.size <= strong);
  }

  /** Whose names are written with their rings: among many those in strong letters. */
  withRings(): ReadonlySet<string> {
    if (!this.#large) return new Set();
    const { selected } = this.#now;
    const few = selected.size <= strong ? selected : [];
    return new Set(this.#hovered === null ? few : [...few, this.#hovered]);
  }

  /**
   * What lines go to from a node, over the others: among many one under the pointer, or one of few that are selected, shows so what it
   * is joined with.
   */
  rayEnds(id: string): readonly string[] {
    const { selected } = this.#now;
    const shown = id === this.#hovered || (selected.has(id) && selected.size <= fewSelected);
    return this.#large && shown ? (this.#neighbours.get(id) ?? []) : [];
  }

  /** What should be seen together with a node: what it is joined with, unless that is much. */
  company(id: string): readonly string[] {
    const near = this.#neighbours.get(id) ?? [];
    return near.length > mostSeen ? [] : near;
  }

  /** How a node is drawn. `note`: how wide in px is what is said below its name while the pointer is on it. */
  node(id: string, data: NodeAttributes, ground: string, note: number) {
    const dimmed = this.isDimmed(id);
    const isStrong = this.#isStrong(id);
    const isBright = this.#lit !== null && !dimmed && this.#lit.nodes.size <= named.bright;
    return {
      ...data,
      dimmed,
      named: isStrong,
      highlighted: this.#now.selected.has(id),
      forceLabel: this.#model.nodes.size <= named.all || isBright || isStrong,
      needed: isBright,
      note: id === this.#hovered ? note : 0,
      zIndex: dimmed ? 0 : 1,
      color: dimmed ? mixed(data.color, ground, dim.node) : data.color,
    };
  }

  /** How a line is drawn. */
  edge(id: string, [from, to]: readonly [string, string], data: EdgeAttributes, ground: string) {
    const chosen = this.#now.edge === id;
    const dimmed = this.#lit !== null && !this.#lit.edge(id, from, to);
    return {
      ...data,
      zIndex: chosen ? 2 : dimmed ? 0 : 1,
      size: chosen ? data.size + 2.5 : data.size,
      color: dimmed ? this.dimmedLine(data.color, ground) : data.color,
    };
  }
}
