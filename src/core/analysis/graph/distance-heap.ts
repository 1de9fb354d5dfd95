/** Children of a node of the heap: four give fewer levels than two. */
const arity = 4;

/** A heap of nodes 0 … capacity - 1 by distance, nearest first. The distance of a contained node can be lowered. */
export class DistanceHeap {
  size = 0;
  readonly #nodes: Uint32Array;
  readonly #distances: Float64Array;
  /** The position of each node, from 1; 0 if it is not in the heap. */
  readonly #positions: Uint32Array;

  constructor(capacity: number) {
    this.#nodes = new Uint32Array(capacity);
    this.#distances = new Float64Array(capacity);
    this.#positions = new Uint32Array(capacity);
  }

  put(node: number, distance: number): void {
    const position = this.#positions[node] as number;
    let at = position === 0 ? this.size++ : position - 1;
    while (at > 0) {
      const parent = ((at - 1) / arity) | 0;
      if ((this.#distances[parent] as number) <= distance) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#set(at, node, distance);
  }

  /** Removes the nearest node and returns it. The heap must not be empty. */
  takeNearest(): number {
    const nearest = this.#nodes[0] as number;
    this.#positions[nearest] = 0;
    const last = --this.size;
    if (last > 0) this.#sink(this.#nodes[last] as number, this.#distances[last] as number);
    return nearest;
  }

  #sink(node: number, distance: number): void {
    let at = 0;
    for (;;) {
      const first = at * arity + 1;
      if (first >= this.size) break;
      const end = Math.min(first + arity, this.size);
      let least = first;
      for (let child = first + 1; child < end; child += 1)
        if ((this.#distances[child] as number) < (this.#distances[least] as number)) least = child;
      if ((this.#distances[least] as number) >= distance) break;
      this.#move(least, at);
      at = least;
    }
    this.#set(at, node, distance);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#nodes[from] as number, this.#distances[from] as number);
  }

  #set(at: number, node: number, distance: number): void {
    this.#nodes[at] = node;
    this.#distances[at] = distance;
    this.#positions[node] = at + 1;
  }
}
