import { createHash } from 'node:crypto';

/** The bytes of a file as they come, and the SHA-256 of those that were taken. */
export class Feed {
  readonly #source: AsyncIterator<Uint8Array>;
  readonly hash = createHash('sha256');
  #waiting = Buffer.alloc(0);
  #ended = false;

  constructor(source: AsyncIterable<Uint8Array>) {
    this.#source = source[Symbol.asyncIterator]();
  }

  /** Reads one piece more; false at the end. */
  async #more(): Promise<boolean> {
    if (this.#ended) return false;
    const next = await this.#source.next();
    if (next.done) {
      this.#ended = true;
      return false;
    }
    this.#waiting = Buffer.concat([this.#waiting, next.value]);
    return true;
  }

  /** The next bytes, so many of them; fewer where the file ends. */
  async take(count: number): Promise<Buffer> {
    while (this.#waiting.length < count && (await this.#more()));
    return this.#hashed(count);
  }

  #hashed(count: number): Buffer {
    const taken = this.#waiting.subarray(0, count);
    this.#waiting = this.#waiting.subarray(taken.length);
    this.hash.update(taken);
    return taken;
  }

  /** All but the last bytes of the file, so many of them; these are left, and are no part of the hash. */
  async *allBut(last: number): AsyncGenerator<Buffer, void, void> {
    for (;;) {
      if (this.#waiting.length > last) yield this.#hashed(this.#waiting.length - last);
      if (!(await this.#more())) return;
    }
  }

  /** What is left and not hashed. */
  rest(): Buffer {
    return this.#waiting;
  }

  /** Lets go of the file. */
  async close(): Promise<void> {
    await this.#source.return?.();
  }
}
