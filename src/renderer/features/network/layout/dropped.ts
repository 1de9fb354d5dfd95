import type { Model, Point } from '../model/model.ts';

interface Held {
  point: Point;
  /** The model that was shown when the place had been written; null as long as it has not. */
  written: Model | null;
}

/** Where nodes were let go, until what is read of the network says where they are. */
export class Dropped {
  readonly #held = new Map<string, Held>();

  put(places: ReadonlyMap<string, Point>): void {
    for (const [id, point] of places) this.#held.set(id, { point, written: null });
  }

  /** These places, as they were put here, have been written: any model after `shown` tells where the nodes are, there or elsewhere. */
  written(places: ReadonlyMap<string, Point>, shown: Model): void {
    for (const [id, point] of places) {
      const held = this.#held.get(id);
      // A node that has been let go once more meanwhile waits for that.
      if (held?.point === point) held.written = shown;
    }
  }

  /**
   * Forgets what a model tells itself: where a place has come with it, the node is gone, or the model was read after the place had
   * been written and says something else, because that was undone or another has moved it since.
   */
  settle(model: Model): void {
    for (const [id, { point, written }] of this.#held) {
      const node = model.nodes.get(id);
      const come = node?.saved && Math.hypot(node.saved.x - point.x, node.saved.y - point.y) < 0.01;
      if (!node || come || (written !== null && written !== model)) this.#held.delete(id);
    }
  }

  /** Forgets these places, as they were put here: they could not be kept. */
  take(places: ReadonlyMap<string, Point>): void {
    for (const [id, point] of places) if (this.#held.get(id)?.point === point) this.#held.delete(id);
  }

  *points(): Generator<[string, Point], void, void> {
    for (const [id, { point }] of this.#held) yield [id, point];
  }
}
