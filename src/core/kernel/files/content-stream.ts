import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { ContentPart, stateOfContent } from './contents.ts';
import type { Content, ContentFiles, ContentState } from './contents.ts';

/* A stream of contents is a sequence of frames: the hash, the length in eight bytes, and the content. */

export const frameHeaderBytes = 40;

export function frameHeaderOf({ sha256, bytes }: Content): Buffer {
  const header = Buffer.alloc(frameHeaderBytes);
  header.write(sha256, 'hex');
  header.writeBigUInt64BE(BigInt(bytes), 32);
  return header;
}

/** Where the contents of a stream are stored. */
export interface ContentTarget extends ContentFiles {
  /** Only these are stored; all by default. */
  requested?: ReadonlySet<string> | undefined;
}

/** Reads contents from a stream and stores those that are missing or wrong in the store; without `target` it only verifies them. */
export class ContentReader {
  count = 0;
  bytes = 0;
  /** The state of each content. A different one was wrong before it was written to the stream, and is not stored. */
  readonly states = new Map<string, ContentState>();
  readonly #target: ContentTarget | null;
  #header = Buffer.alloc(0);
  #current: {
    sha256: string;
    bytesLeft: number;
    hash: Hash;
    part: ContentPart | null;
  } | null = null;

  constructor(target: ContentTarget | null) {
    this.#target = target;
  }

  get isComplete(): boolean {
    return this.#current === null && this.#header.length === 0;
  }

  async write(chunk: Buffer): Promise<void> {
    for (let remaining = chunk; remaining.length > 0;) {
      if (this.#current === null) {
        const missingBytes = frameHeaderBytes - this.#header.length;
        this.#header = Buffer.concat([this.#header, remaining.subarray(0, missingBytes)]);
        remaining = remaining.subarray(missingBytes);
        if (this.#header.length === frameHeaderBytes) await this.#beginContent();
        continue;
      }
      const piece = remaining.subarray(0, this.#current.bytesLeft);
      remaining = remaining.subarray(piece.length);
      this.#current.hash.update(piece);
      await this.#current.part?.write(piece);
      this.#current.bytesLeft -= piece.length;
      this.bytes += piece.length;
      if (this.#current.bytesLeft === 0) await this.#endContent();
    }
  }

  /** Removes the unfinished file of an interrupted stream. */
  async close(): Promise<void> {
    const part = this.#current?.part;
    this.#current = null;
    await part?.[Symbol.asyncDispose]();
  }

  async #beginContent(): Promise<void> {
    const sha256 = this.#header.toString('hex', 0, 32);
    const bytesLeft = Number(this.#header.readBigUInt64BE(32));
    this.#header = Buffer.alloc(0);
    this.#current = { sha256, bytesLeft, hash: createHash('sha256'), part: await this.#createPart(sha256) };
    if (bytesLeft === 0) await this.#endContent();
  }

  async #createPart(sha256: string): Promise<ContentPart | null> {
    if (this.#target === null || this.#target.requested?.has(sha256) === false) return null;
    return (await stateOfContent(this.#target, sha256)) === 'intact'
      ? null
      : ContentPart.create(this.#target);
  }

  async #endContent(): Promise<void> {
    if (this.#current === null) return;
    const { sha256, hash, part } = this.#current;
    this.count += 1;
    const isIntact = hash.digest('hex') === sha256;
    this.states.set(sha256, isIntact ? 'intact' : 'different');
    if (isIntact) await part?.moveIntoStore(sha256);
    await this.close();
  }
}
