import type { MultiDirectedGraph } from 'graphology';
import type { Model } from '../model/model.ts';
import type { EdgeAttributes, NodeAttributes, Renderer, Styles } from './attributes.ts';
import type { BrightElements } from './Highlight.ts';
import type { Bundle, LineProgram } from './line-program.ts';
import { squaredLineDistance } from './pick.ts';
import type { Aim } from './pick.ts';

interface Line {
  id: string;
  from: number;
  to: number;
  colour: string;
}

function bundleByColour(lines: Iterable<Line>, colourOf: (colour: string) => string): Bundle[] {
  const pairs = new Map<string, number[]>();
  for (const { from, to, colour } of lines) {
    const ends = pairs.get(colour);
    if (ends) ends.push(from, to);
    else pairs.set(colour, [from, to]);
  }
  return [...pairs].map(([colour, indexes]) => ({
    colour: colourOf(colour),
    pairs: Uint16Array.from(indexes),
  }));
}

/**
 * Draws the edges of a large network as hairlines, without sigma. Sigma would keep an object for each of 50,000 edges, visit all on each
 * change, and upload them with every frame. This class draws a colour in one call, and uploads only positions when nodes move.
 */
export class LargeEdges {
  #nodes: readonly string[] = [];
  #lines: readonly Line[] = [];
  #bundles: readonly Bundle[] = [];
  #positions = new Float32Array();
  #versions = { positions: 0, bundles: 0 };
  #arePositionsStale = true;

  /** Replaces the edges by those of a model whose nodes are in the graph; null removes all. */
  show(model: Model | null, graph: MultiDirectedGraph<NodeAttributes, EdgeAttributes>, styles: Styles): void {
    this.#nodes = model ? graph.nodes() : [];
    const indexById = new Map(this.#nodes.map((id, index) => [id, index]));
    this.#lines = [...(model?.edges.values() ?? [])].map(({ id, from, to }) => ({
      id,
      from: indexById.get(from) ?? 0,
      to: indexById.get(to) ?? 0,
      colour: styles.edge(id).color,
    }));
    this.#positions = new Float32Array(this.#nodes.length * 2);
    this.invalidatePositions();
  }

  invalidatePositions(): void {
    this.#arePositionsStale = true;
  }

  /** Draws highlighted edges in their colour, on top of all others, which are dimmed. */
  highlight(brightElements: BrightElements | null, dimColour: (colour: string) => string): void {
    this.#versions.bundles += 1;
    const keepColour = (colour: string): string => colour;
    const idAt = (index: number): string => this.#nodes[index] ?? '';
    this.#bundles =
      brightElements === null
        ? bundleByColour(this.#lines, keepColour)
        : [
            ...bundleByColour(this.#lines, dimColour),
            ...bundleByColour(
              this.#lines.filter(({ id, from, to }) => brightElements.hasEdge(id, idAt(from), idAt(to))),
              keepColour,
            ),
          ];
  }

  #readPositions(graph: ReturnType<Renderer['getGraph']>): Float32Array {
    if (this.#arePositionsStale) {
      let offset = 0;
      graph.forEachNode((_id, { x, y }) => {
        this.#positions[offset] = x;
        this.#positions[offset + 1] = y;
        offset += 2;
      });
      this.#arePositionsStale = false;
      this.#versions.positions += 1;
    }
    return this.#positions;
  }

  /** Draws in each frame of the renderer, unless hidden. */
  drawWith(sigma: Renderer, createProgram: (sigma: Renderer) => LineProgram, isHidden: () => boolean): void {
    let program: LineProgram | null = null;
    let sentVersion = { positions: -1, bundles: -1 };
    sigma.on('afterRender', () => {
      if (this.#lines.length === 0 || isHidden()) return;
      program ??= createProgram(sigma);
      const positions = this.#readPositions(sigma.getGraph());
      if (sentVersion.positions !== this.#versions.positions) program.setPositions(positions);
      if (sentVersion.bundles !== this.#versions.bundles) program.setBundles(this.#bundles);
      sentVersion = { ...this.#versions };
      program.draw();
    });
  }

  /** The nearest edge at a layout position; null for none. */
  pick({ point, scale, reach }: Aim): string | null {
    const positions = this.#positions;
    const radius = reach / scale;
    const [left, right, bottom, top] = [
      point.x - radius,
      point.x + radius,
      point.y - radius,
      point.y + radius,
    ];
    let nearestId: string | null = null;
    let minSquared = radius ** 2;
    // Runs on every pointer move: distant lines are skipped without allocating.
    for (const { id, from, to } of this.#lines) {
      const x = positions[from * 2] ?? 0;
      const toX = positions[to * 2] ?? 0;
      if ((x < left && toX < left) || (x > right && toX > right)) continue;
      const y = positions[from * 2 + 1] ?? 0;
      const toY = positions[to * 2 + 1] ?? 0;
      if ((y < bottom && toY < bottom) || (y > top && toY > top)) continue;
      const squaredDistance = squaredLineDistance(point, { x, y }, { x: toX, y: toY });
      if (squaredDistance > minSquared) continue;
      nearestId = id;
      minSquared = squaredDistance;
    }
    return nearestId;
  }
}
