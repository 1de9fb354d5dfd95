import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';

/** Turns texts into vectors of length 1. Similar meanings have a large dot product. */
export interface Embedder {
  /** Name and version. Vectors of different models are not comparable. */
  readonly model: string;
  readonly dimensions: number;
  /** One vector for each text, in order. Throws EmbedderUnavailable, and the signal's reason. */
  embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]>;
  close(): Promise<void>;
}

/** The model cannot be loaded, or its worker ended. */
export class EmbedderUnavailable extends Error {}

export interface EmbedRequest {
  id: number;
  texts: readonly string[];
}

/** The concatenated vectors of a request, or the reason of its failure. */
export type EmbedAnswer = { id: number; vectors: Float32Array } | { id: number; failed: string };

/** The possible paths of the worker's program: next to this file, or in `out` if bundled. */
const programPaths = [
  './embed-worker.ts',
  '../embed-worker.js',
  './embed-worker.js',
  '../../embed-worker.js',
];

/** How long the unused model stays in memory, of which it takes some 260 MB. */
const idleTimeoutMs = 60_000;

/** all-MiniLM-L6-v2 for English texts, in a worker that starts with the first text. */
export class WorkerEmbedder implements Embedder {
  readonly model = 'minilm-l6-v2';
  readonly dimensions = 384;
  readonly #program: URL | undefined;
  readonly #pending = new Map<number, PromiseWithResolvers<Float32Array>>();
  #worker: Worker | null = null;
  #idleTimer: NodeJS.Timeout | undefined;
  #lastRequestId = 0;

  constructor(
    program = programPaths.map((path) => new URL(path, import.meta.url)).find((url) => existsSync(url)),
  ) {
    this.#program = program;
  }

  async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    signal?.throwIfAborted();
    if (texts.length === 0) return [];
    const worker = (this.#worker ??= this.#start());
    const id = ++this.#lastRequestId;
    const answer = Promise.withResolvers<Float32Array>();
    this.#pending.set(id, answer);
    const abort = (): void => answer.reject(signal?.reason);
    signal?.addEventListener('abort', abort, { once: true });
    try {
      clearTimeout(this.#idleTimer);
      worker.ref();
      worker.postMessage({ id, texts } satisfies EmbedRequest);
      const vectors = await answer.promise;
      const { dimensions } = this;
      return texts.map((_, index) => vectors.subarray(index * dimensions, (index + 1) * dimensions));
    } finally {
      signal?.removeEventListener('abort', abort);
      this.#pending.delete(id);
      if (this.#pending.size === 0) this.#goIdle();
    }
  }

  async close(): Promise<void> {
    clearTimeout(this.#idleTimer);
    await this.#worker?.terminate();
  }

  #start(): Worker {
    if (!this.#program) throw new EmbedderUnavailable('the program of the embedder is missing');
    const worker = new Worker(fileURLToPath(this.#program), { execArgv: [] });
    worker.on('message', (message: EmbedAnswer) => {
      const answer = this.#pending.get(message.id);
      if ('vectors' in message) answer?.resolve(message.vectors);
      else answer?.reject(new EmbedderUnavailable(message.failed));
    });
    worker.on('error', (error) => this.#dropWorker(worker, String(error)));
    worker.on('exit', (code) => this.#dropWorker(worker, `the embedder ended with ${code}`));
    return worker;
  }

  #dropWorker(worker: Worker, reason: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    for (const { reject } of this.#pending.values()) reject(new EmbedderUnavailable(reason));
  }

  /** Lets the process end, and releases the memory after a while. */
  #goIdle(): void {
    this.#worker?.unref();
    clearTimeout(this.#idleTimer);
    this.#idleTimer = setTimeout(() => void this.#worker?.terminate(), idleTimeoutMs).unref();
  }
}
