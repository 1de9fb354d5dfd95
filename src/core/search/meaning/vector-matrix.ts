import type { QuantisedVector } from './vector.ts';
import { growTo, makeScan } from './vector-program.ts';

/** Rows multiplied at once, and the size of the query in memory, in bytes. */
const [rowsPerBlock, queryBytes] = [4096, 65_536];
const matrixOffset = queryBytes + rowsPerBlock * 4;

/** Rounds a number of 16 bits to 8 bits. */
const toInt8 = (value: number): number => Math.min(127, (value + 128) >> 8);

export interface Nearest {
  id: number;
  score: number;
}

/** Vectors in memory with 8 bits a number: 100,000 vectors of 384 numbers are 38 MB and are scanned in a few milliseconds. */
export class VectorMatrix {
  readonly #dimensions: number;
  /** Bytes of a row, a multiple of 16. */
  readonly #stride: number;
  readonly #program: ReturnType<typeof makeScan>;
  #ids = new Float64Array(rowsPerBlock);
  #scales = new Float32Array(rowsPerBlock);
  #rows = 0;

  constructor(dimensions: number) {
    this.#dimensions = dimensions;
    this.#stride = Math.ceil(dimensions / 16) * 16;
    this.#program = makeScan(matrixOffset + rowsPerBlock * this.#stride);
  }

  get size(): number {
    return this.#rows;
  }

  add(id: number, { scale, values }: QuantisedVector): void {
    if (this.#rows === this.#ids.length) this.#grow();
    const row = this.#rows++;
    this.#ids[row] = id;
    this.#scales[row] = scale * 256;
    const bytes = new Int8Array(
      this.#program.memory.buffer,
      matrixOffset + row * this.#stride,
      this.#dimensions,
    );
    for (let index = 0; index < bytes.length; index += 1) bytes[index] = toInt8(values[index] as number);
  }

  /** The rows with the largest dot product, largest first. Products are rounded: rescore more rows than needed. */
  nearest(query: Float32Array, count: number): Nearest[] {
    const { memory, scan } = this.#program;
    const maxValue = query.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
    // Keeps products below 2^31 for up to 4,000 numbers.
    const precision = 4095 / maxValue;
    new Int16Array(memory.buffer, 0, this.#stride).fill(0);
    new Int16Array(memory.buffer, 0, this.#dimensions).set(
      query.map((value) => Math.round(value * precision)),
    );
    const products = new Int32Array(memory.buffer, queryBytes, rowsPerBlock);
    const best: { row: number; score: number }[] = [];
    let minScore = -Infinity;
    const trimBest = (): void => {
      best.sort((a, b) => b.score - a.score || a.row - b.row);
      best.length = Math.min(best.length, count);
      if (best.length === count) minScore = best.at(-1)?.score ?? minScore;
    };
    for (let from = 0; from < this.#rows; from += rowsPerBlock) {
      const rows = Math.min(rowsPerBlock, this.#rows - from);
      scan(matrixOffset + from * this.#stride, rows, this.#stride / 16, 0, queryBytes);
      for (let index = 0; index < rows; index += 1) {
        const score = (products[index] as number) * (this.#scales[from + index] as number);
        if (score <= minScore) continue;
        best.push({ row: from + index, score });
        if (best.length >= 2 * count + 500) trimBest();
      }
    }
    trimBest();
    return best.map(({ row, score }) => ({ id: this.#ids[row] as number, score: score / precision }));
  }

  #grow(): void {
    const length = this.#ids.length * 2;
    const [ids, scales] = [new Float64Array(length), new Float32Array(length)];
    ids.set(this.#ids);
    scales.set(this.#scales);
    [this.#ids, this.#scales] = [ids, scales];
    growTo(this.#program.memory, matrixOffset + length * this.#stride);
  }
}
