import type { MultiDirectedGraph } from 'graphology';
import type { Model } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes, Renderer, Styles } from './attributes.ts';
import type { Bright } from './Highlight.ts';
import type { Bundle, LineProgram } from './line-program.ts';
import { distanceToLine } from './pick.ts';
import type { Aim } from './pick.ts';

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
 * The edges of a large network as hairlines outside of sigma, which would keep an object for each of 50,000, visit them on each change and
 * upload them with every frame. Here a frame costs one call for each colour, and moving nodes only their positions.
 */
export class LargeEdges {
  #nodes: readonly string[] = [];
  #lines: readonly Line[] = [];
  #bundles: readonly Bundle[] = [];
  #positions = new Float32Array();
  #version = { positions: 0, bundles: 0 };
  #stale = true;

  /** Shows the edges of a model whose nodes the graph holds, or none. */
  show(model: Model | null, graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>, styles: Styles): void {
    this.#nodes = model ? graph.nodes() : [];
    const index = new Map(this.#nodes.map((id, at) => [id, at]));
    this.#lines = [...(model?.edges.values() ?? [])].map(({ id, from, to }) => ({
      id,
      from: index.get(from) ?? 0,
      to: index.get(to) ?? 0,
      colour: styles.edge(id).color,
    }));
    this.#positions = new Float32Array(this.#nodes.length * 2);
    this.moved();
  }

  moved(): void {
    this.#stale = true;
  }

  /** Draws highlighted edges in their colour on top. */
  highlight(bright: Bright | null, dimmed: (colour: string) => string): void {
    this.#version.bundles += 1;
    const asIs = (colour: string): string => colour;
    const name = (index: number): string => this.#nodes[index] ?? '';
    this.#bundles =
      bright === null
        ? bundled(this.#lines, asIs)
        : [
            ...bundled(this.#lines, dimmed),
            ...bundled(
              this.#lines.filter(({ id, from, to }) => bright.edge(id, name(from), name(to))),
              asIs,
            ),
          ];
  }

  #readPositions(graph: ReturnType<Renderer['getGraph']>): Float32Array {
    if (this.#stale) {
      let at = 0;
      graph.forEachNode((_id, { x, y }) => {
        this.#positions[at] = x;
        this.#positions[at + 1] = y;
        at += 2;
      });
      this.#stale = false;
      this.#version.positions += 1;
    }
    return this.#positions;
  }

  /** Draws in each frame of a sigma, unless hidden. */
  drawWith(sigma: Renderer, programOn: (sigma: Renderer) => LineProgram, isHidden: () => boolean): void {
    let program: LineProgram | null = null;
    let sent = { positions: -1, bundles: -1 };
    sigma.on('afterRender', () => {
      if (this.#lines.length === 0 || isHidden()) return;
      program ??= programOn(sigma);
      const positions = this.#readPositions(sigma.getGraph());
      if (sent.positions !== this.#version.positions) program.place(positions);
      if (sent.bundles !== this.#version.bundles) program.join(this.#bundles);
      sent = { ...this.#version };
      program.draw();
    });
  }

  /** The nearest edge at a layout position; null for none. */
  pick({ at, scale, reach }: Aim): string | null {
    const positions = this.#positions;
    const room = reach / scale;
    const [left, right, low, high] = [at.x - room, at.x + room, at.y - room, at.y + room];
    let best: string | null = null;
    let least = room ** 2;
    // Runs on every pointer move: distant lines are skipped without allocating.
    for (const { id, from, to } of this.#lines) {
      const x = positions[from * 2] ?? 0;
      const toX = positions[to * 2] ?? 0;
      if ((x < left && toX < left) || (x > right && toX > right)) continue;
      const y = positions[from * 2 + 1] ?? 0;
      const toY = positions[to * 2 + 1] ?? 0;
      if ((y < low && toY < low) || (y > high && toY > high)) continue;
      const away = distanceToLine(at, { x, y }, { x: toX, y: toY });
      if (away > least) continue;
      best = id;
      least = away;
    }
    return best;
  }
}
