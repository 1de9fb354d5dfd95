/** Numbers in [0, 1), reproducible by seed: mulberry32 by Tommy Ettinger (2017). Not for secrets. */
export function seededRandom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Shuffles in place into a uniformly random order: Fisher and Yates. */
export function shuffle(nodes: Uint32Array, random: () => number): Uint32Array {
  for (let last = nodes.length - 1; last > 0; last -= 1) {
    const swapIndex = Math.floor(random() * (last + 1));
    [nodes[last], nodes[swapIndex]] = [nodes[swapIndex] as number, nodes[last] as number];
  }
  return nodes;
}
