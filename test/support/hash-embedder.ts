import { foldText } from '#shared/domain/fold.ts';
import type { Embedder } from '#core/search/meaning/embedder.ts';

/** A model of another kind: texts are similar if they share groups of three letters. It notes what it embedded. */
export class HashEmbedder implements Embedder {
  readonly model: string;
  readonly dimensions = 64;
  readonly embedded: string[] = [];
  /** Called before each batch. */
  onBatch: () => void = () => {};

  constructor(model = 'letters') {
    this.model = model;
  }

  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    this.onBatch();
    signal?.throwIfAborted();
    this.embedded.push(...texts);
    return texts.map((text) => this.vector(text));
  }

  vector(text: string): Float32Array {
    const vector = new Float32Array(this.dimensions);
    const folded = ` ${foldText(text)} `;
    for (let at = 0; at + 3 <= folded.length; at += 1) {
      let hash = 0;
      for (const letter of folded.slice(at, at + 3))
        hash = Math.imul(hash ^ letter.charCodeAt(0), 0x01000193) >>> 0;
      const place = hash % this.dimensions;
      vector[place] = (vector[place] ?? 0) + 1;
    }
    const length = Math.hypot(...vector) || 1;
    return vector.map((value) => value / length);
  }

  async close(): Promise<void> {}
}
