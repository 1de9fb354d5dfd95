/** The row numbers of a whole list in order, so that scrolling a long list is cheap. */
export interface ListOrder {
  rowids: Float64Array;
}

/** Keeps the orders of the last few lists, each for one state of the file. A list of 100,000 takes 0.8 MB. */
export class ListCache {
  readonly #orders = new Map<string, ListOrder>();
  readonly #counts = new Map<string, number>();
  #headId = -1;

  /** Clears the cache if the file has changed: `headId` is the id of the newest audit transaction. */
  forHead(headId: number): this {
    if (headId !== this.#headId) {
      this.#orders.clear();
      this.#counts.clear();
      this.#headId = headId;
    }
    return this;
  }

  has(key: string): boolean {
    return this.#orders.has(key);
  }

  order(key: string, make: () => ListOrder): ListOrder {
    return getOrMake(this.#orders, key, 12, make);
  }

  count(key: string, make: () => number): number {
    return getOrMake(this.#counts, key, 200, make);
  }
}

function getOrMake<V>(map: Map<string, V>, key: string, maxSize: number, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) value = make();
  else map.delete(key);
  map.set(key, value);
  if (map.size > maxSize) map.delete(map.keys().next().value as string);
  return value;
}
