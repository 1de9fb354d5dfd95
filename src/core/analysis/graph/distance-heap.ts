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
    let index = position === 0 ? this.size++ : position - 1;
    while (index > 0) {
      const parent = ((index - 1) / arity) | 0;
      if ((this.#distances[parent] as number) <= distance) break;
      this.#move(parent, index);
      index = parent;
    }
    this.#set(index, node, distance);
  }

  /** Removes the nearest node and returns it. The heap must not be empty. */
  takeNearest(): number {
    const nearest = this.#nodes[0] as number;
    this.#positions[nearest] = 0;
    const lastIndex = --this.size;
    if (lastIndex > 0) this.#sink(this.#nodes[lastIndex] as number, this.#distances[lastIndex] as number);
    return nearest;
  }

  #sink(node: number, distance: number): void {
    let index = 0;
    for (;;) {
      const firstChild = index * arity + 1;
      if (firstChild >= this.size) break;
      const end = Math.min(firstChild + arity, this.size);
      let nearestChild = firstChild;
      for (let child = firstChild + 1; child < end; child += 1)
        if ((this.#distances[child] as number) < (this.#distances[nearestChild] as number))
          nearestChild = child;
      if ((this.#distances[nearestChild] as number) >= distance) break;
      this.#move(nearestChild, index);
      index = nearestChild;
    }
    this.#set(index, node, distance);
  }

  #move(from: number, to: number): void {
    this.#set(to, this.#nodes[from] as number, this.#distances[from] as number);
  }

  #set(index: number, node: number, distance: number): void {
    this.#nodes[index] = node;
    this.#distances[index] = distance;
    this.#positions[node] = index + 1;
  }
}
