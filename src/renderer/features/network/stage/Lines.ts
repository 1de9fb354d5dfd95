import type { MultiDirectedGraph } from 'graphology';
import type { Model } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes, Styles } from './attributes.ts';
import type { Drawing } from './naming.ts';
import type { Lit } from './lit.ts';
import { lineProgram } from './line-program.ts';
import type { LineProgram } from './line-program.ts';
import type { Aim } from './pick.ts';
import { distanceToLine } from './pick.ts';

/** Lines of one colour: pairs of places of nodes. */
interface Bundle {
  colour: string;
  pairs: Uint16Array;
}

/** One line, its ends by their places among the nodes. */
interface Line {
  id: string;
  from: number;
  to: number;
  colour: string;
}

function bundled(lines: Iterable<Line>, colourOf: (colour: string) => string): Bundle[] {
  const pairs = new Map<string, number[]>();
  for (const { from, to, colour } of lines) {
    const same = pairs.get(colour);
    if (same) same.push(from, to);
    else pairs.set(colour, [from, to]);
  }
  return [...pairs].map(([colour, all]) => ({ colour: colourOf(colour), pairs: Uint16Array.from(all) }));
}

/**
 * The edges of a large network: hair lines that sigma knows nothing of. It would keep an object for each of fifty thousand, go through
 * them whenever anything changes, and send them to the graphics card with every frame. Here they are numbers that are written when
 * the network changes; a frame costs one call a colour, and moving nodes only the nodes' places.
 */
export class Lines {
  #nodes: readonly string[] = [];
  #lines: readonly Line[] = [];
  #bundles: readonly Bundle[] = [];
  #places = new Float32Array();
  /** Counts what was changed, so that each drawing knows what it has to send anew. */
  #version = { places: 0, bundles: 0 };
  #stale = true;

  /** Takes the edges of a model whose nodes the graph holds, or none at all. */
  show(model: Model | null, graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>, styles: Styles): void {
    this.#nodes = model ? graph.nodes() : [];
    const place = new Map(this.#nodes.map((id, at) => [id, at]));
    this.#lines = [...(model?.edges.values() ?? [])].map(({ id, from, to }) => ({
      id,
      from: place.get(from) ?? 0,
      to: place.get(to) ?? 0,
      colour: styles.edge(id).color,
    }));
    this.#places = new Float32Array(this.#nodes.length * 2);
    this.moved();
  }

  /** Nodes have moved. */
  moved(): void {
    this.#stale = true;
  }

  /** What stays in its colour, and what the colour of the rest becomes. A chosen edge is told from others by the rest being dim. */
  light(lit: Lit | null, dimmed: (colour: string) => string): void {
    this.#version.bundles += 1;
    if (lit === null) {
      this.#bundles = bundled(this.#lines, (colour) => colour);
      return;
    }
    const bright = this.#lines.filter(({ id, from, to }) =>
      lit.edge(id, this.#nodes[from] ?? '', this.#nodes[to] ?? ''),
    );
    // What is bright is drawn once more, over the rest.
    this.#bundles = [...bundled(this.#lines, dimmed), ...bundled(bright, (colour) => colour)];
  }

  #placesIn(graph: ReturnType<Drawing['getGraph']>): Float32Array {
    if (this.#stale) {
      let at = 0;
      graph.forEachNode((_id, { x, y }) => {
        this.#places[at] = x;
        this.#places[at + 1] = y;
        at += 2;
      });
      this.#stale = false;
      this.#version.places += 1;
    }
    return this.#places;
  }

  /** Draws with a sigma, before its nodes, in each of its frames in which `hidden` does not say otherwise. */
  drawWith(sigma: Drawing, hidden: () => boolean): void {
    let program: LineProgram | null = null;
    let sent = { places: -1, bundles: -1 };
    sigma.on('afterRender', () => {
      if (this.#lines.length === 0 || hidden()) return;
      program ??= lineProgram(sigma);
      const places = this.#placesIn(sigma.getGraph());
      if (sent.places !== this.#version.places) program.place(places);
      if (sent.bundles !== this.#version.bundles) program.join(this.#bundles);
      sent = { ...this.#version };
      program.draw();
    });
  }

  /** The edge at a place of the layout, the nearest if there are several; null for none. */
  pick({ at, scale, room }: Aim): string | null {
    const places = this.#places;
    const reach = room / scale;
    const [left, right, low, high] = [at.x - reach, at.x + reach, at.y - reach, at.y + reach];
    let best: string | null = null;
    let least = reach ** 2;
    // Every move of the pointer asks: nothing is made for the many that are elsewhere.
    for (const { id, from, to } of this.#lines) {
      const x = places[from * 2] ?? 0;
      const toX = places[to * 2] ?? 0;
      if ((x < left && toX < left) || (x > right && toX > right)) continue;
      const y = places[from * 2 + 1] ?? 0;
      const toY = places[to * 2 + 1] ?? 0;
      if ((y < low && toY < low) || (y > high && toY > high)) continue;
      const away = distanceToLine(at, { x, y }, { x: toX, y: toY });
      if (away > least) continue;
      best = id;
      least = away;
    }
    return best;
  }
}
