import { setImmediate as yieldToEventLoop, setTimeout as sleep } from 'node:timers/promises';
import type { MeaningStatus } from '#shared/contract/search.ts';
import { isBusy } from '../../kernel/db/begin-immediate.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import type { Log } from '../../kernel/logger.ts';
import type { OnProgress } from '../../kernel/progress.ts';
import { checkCancelled, runYielding } from '../../kernel/progress.ts';
import type { Clock } from '../../kernel/system.ts';
import type { Services } from '../../model/services.ts';
import { searchIndex } from '../search-index.ts';
import type { SearchIndex } from '../search-index.ts';
import { embeddablePart } from './embeddable.ts';
import { EmbedderUnavailable, WorkerEmbedder } from './embedder.ts';
import type { Embedder } from './embedder.ts';
import { fromBytes, quantiseVector, toBytes } from './vector.ts';
import { VectorMatrix } from './vector-matrix.ts';
import type { Nearest } from './vector-matrix.ts';

/** The numbers of passages visited, and of vectors read, between two yields. */
const [passagesPerStep, vectorsPerStep] = [1000, 500];
/** Limits of a batch. Larger batches take more memory and delay a search. */
const batchLimits = { texts: 8, characters: 1000 };
/** Time before another try if another process writes the index. */
const retryDelayMs = 200;
/** The matrix is read again if more than this share of its vectors was removed from the file. */
const maxRemovedShare = 0.2;

const missingTextsQuery = `SELECT text_key AS key, text FROM passages p WHERE id > ? AND id <= ? AND text_key IS NOT NULL
  AND NOT EXISTS (SELECT 1 FROM vectors v WHERE v.text_key = p.text_key) GROUP BY text_key`;
// A text that was removed while it was embedded gets no vector.
const addVectorSql = `INSERT OR IGNORE INTO vectors (text_key, scale, vector)
  SELECT :key, :scale, :vector WHERE EXISTS (SELECT 1 FROM passages WHERE text_key = :key)`;
const removeUnusedSql = `DELETE FROM vectors WHERE id > ? AND id <= ? AND NOT EXISTS (SELECT 1 FROM passages p WHERE p.text_key = vectors.text_key)`;
const setModelSql = `INSERT INTO meaning (id, model, is_trained) VALUES (1, ?, 0)
  ON CONFLICT (id) DO UPDATE SET model = excluded.model, is_trained = 0`;

interface TextRow {
  key: Buffer;
  text: string;
}

interface VectorRow {
  id: number;
  scale: number;
  vector: Buffer;
}

export interface TrainOptions {
  onProgress?: OnProgress | undefined;
  signal?: AbortSignal | undefined;
}

/** The vectors of one workspace's passages. Training can be cancelled and continues later; it is not audited. */
export class MeaningIndex {
  readonly embedder: Embedder;
  readonly #index: SearchIndex;
  readonly #clock: Clock;
  readonly #log: Log;
  #matrix: VectorMatrix;
  /** The connection to which the matrix and the last ids belong. */
  #db: Connection | null = null;
  #lastVectorId = 0;
  /** The change counters of the file when the matrix was read. */
  #loadedState = '';
  /** Passages up to this id have vectors. */
  #lastPassageId = 0;
  #running: Promise<void> | null = null;
  #problem: string | null = null;

  constructor(index: SearchIndex, embedder: Embedder, { clock, log }: { clock: Clock; log: Log }) {
    this.embedder = embedder;
    this.#index = index;
    this.#clock = clock;
    this.#log = log;
    this.#matrix = new VectorMatrix(embedder.dimensions);
  }

  /** Whether training was completed once. Later texts are embedded after each commit. */
  get isTrained(): boolean {
    return this.#model()?.is_trained === 1;
  }

  status(): MeaningStatus {
    const { model, dimensions } = this.embedder;
    const counts = this.#index.db.get<{ texts: number; trained: number }>(
      'SELECT (SELECT count(DISTINCT text_key) FROM passages WHERE text_key IS NOT NULL) AS texts, (SELECT count(*) FROM vectors) AS trained',
    );
    return {
      model,
      dimensions,
      languages: ['en'],
      state: this.#state(),
      texts: counts?.texts ?? 0,
      trained: this.#model() ? (counts?.trained ?? 0) : 0,
      problem: this.#problem,
    };
  }

  #state(): MeaningStatus['state'] {
    if (this.#running) return 'training';
    if (this.isTrained) return 'ready';
    return this.#model() ? 'partial' : 'off';
  }

  /** Embeds every text without a vector. Throws EmbedderUnavailable, and CANCELLED, which keeps the embedded texts. */
  async train(options: TrainOptions = {}): Promise<void> {
    while (this.#running) await this.#running.catch(() => undefined);
    checkCancelled(options.signal);
    this.#running = this.#train(options);
    try {
      await this.#running;
      this.#problem = null;
    } catch (error) {
      if (error instanceof EmbedderUnavailable) this.#problem = error.message;
      throw error;
    } finally {
      this.#running = null;
    }
  }

  /** Embeds new texts if the workspace was trained before. */
  async trainNewTexts(signal: AbortSignal): Promise<void> {
    const isEnabled = this.isTrained || this.#hasOtherModel();
    if (isEnabled && !this.#running) await this.train({ signal });
  }

  /** The vector of a question; null if the model is unavailable (see `status`). Throws the signal's reason. */
  async embed(text: string, signal?: AbortSignal): Promise<Float32Array | null> {
    try {
      const [vector = null] = await this.embedder.embed([text], signal);
      this.#problem = null;
      return vector;
    } catch (error) {
      if (!(error instanceof EmbedderUnavailable)) throw error;
      this.#problem = error.message;
      this.#log.warn({ error: error.message }, 'the model for searching by meaning is not available');
      return null;
    }
  }

  /** Reads new vectors. Yields their number. */
  *load(): Generator<number, void, void> {
    const { db } = this.#index;
    this.#resetIfReopened(db);
    // Counting rows would take as long as a scan.
    const state = `${String(db.pragma('data_version'))} ${db.get<{ n: number }>('SELECT total_changes() AS n')?.n}`;
    if (state === this.#loadedState) return;
    const storedCount = db.get<{ n: number }>('SELECT count(*) AS n FROM vectors')?.n ?? 0;
    if (this.#matrix.size - storedCount > maxRemovedShare * storedCount) this.#resetMatrix(db);
    for (let isLast = false; !isLast && this.#db === db && db.raw.open;) {
      const rows = db.all<VectorRow>(
        'SELECT id, scale, vector FROM vectors WHERE id > ? ORDER BY id LIMIT ?',
        [this.#lastVectorId, vectorsPerStep],
      );
      for (const { id, scale, vector } of rows) {
        this.#matrix.add(id, { scale, values: fromBytes(vector) });
        this.#lastVectorId = id;
      }
      isLast = rows.length < vectorsPerStep;
      yield this.#matrix.size;
      if (isLast && this.#db === db) this.#loadedState = state;
    }
  }

  /** Ids of the nearest vectors by rounded products; some vectors can have been removed. Call `load` first. */
  nearest(vector: Float32Array, count: number): Nearest[] {
    return this.#matrix.nearest(vector, count);
  }

  close(): Promise<void> {
    return this.embedder.close();
  }

  async #train({ onProgress, signal }: TrainOptions): Promise<void> {
    await this.#runYielding(this.#index.catchUp(), signal);
    this.#storeModel();
    await this.#runYielding(this.#prune(), signal);
    const { texts: total, trained } = this.status();
    let done = trained;
    while (this.#model()) {
      const { db } = this.#index;
      this.#resetIfReopened(db);
      const lastId = db.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM passages')?.id ?? 0;
      if (this.#lastPassageId >= lastId) break;
      const untilId = Math.min(this.#lastPassageId + passagesPerStep, lastId);
      for (const texts of batchesOf(db.all<TextRow>(missingTextsQuery, [this.#lastPassageId, untilId]))) {
        checkCancelled(signal);
        onProgress?.({ kind: 'progress', step: 'embedding', done: Math.min(done, total), total });
        const vectors = await this.embedder.embed(
          texts.map(({ text }) => text),
          signal,
        );
        await this.#storeVectors(texts, vectors, signal);
        done += texts.length;
      }
      await yieldToEventLoop();
      // If the index was deleted in the meantime, the next iteration starts again.
      if (this.#db === this.#index.db) this.#lastPassageId = untilId;
    }
    this.#index.db.write.run('UPDATE meaning SET is_trained = 1');
  }

  async #storeVectors(
    texts: readonly TextRow[],
    vectors: readonly Float32Array[],
    signal?: AbortSignal,
  ): Promise<void> {
    for (;;) {
      const { db } = this.#index;
      // Another caller's update of the passages can be in its transaction, which must not be ended here.
      if (db.raw.inTransaction) await this.#runYielding(this.#index.catchUp(), signal);
      else {
        try {
          const add = (): void => {
            for (const [index, { key }] of texts.entries()) {
              const quantised = quantiseVector(vectors[index] as Float32Array);
              db.write.run(addVectorSql, { key, scale: quantised.scale, vector: toBytes(quantised) });
            }
          };
          return db.raw.transaction(add).immediate();
        } catch (error) {
          if (!isBusy(error)) throw error;
          await sleep(retryDelayMs, undefined, { signal });
        }
      }
    }
  }

  /** Stores the model in the index and deletes the vectors of another model. */
  #storeModel(): void {
    if (this.#model()) return;
    const { db } = this.#index;
    db.exec('DELETE FROM vectors');
    db.write.run(setModelSql, [this.embedder.model]);
    this.#resetMatrix(db);
  }

  /** Deletes vectors whose text no passage has. */
  *#prune(): Generator<number, void, void> {
    const { db } = this.#index;
    const lastId = db.get<{ id: number }>('SELECT coalesce(max(id), 0) AS id FROM vectors')?.id ?? 0;
    for (let from = 0; from < lastId && db.raw.open; from += passagesPerStep) {
      db.write.run(removeUnusedSql, [from, from + passagesPerStep]);
      yield from;
    }
  }

  #model(): { is_trained: number } | undefined {
    return this.#index.db.get('SELECT is_trained FROM meaning WHERE model = ?', [this.embedder.model]);
  }

  #hasOtherModel(): boolean {
    const otherModelQuery = 'SELECT 1 FROM meaning WHERE model <> ? AND is_trained = 1';
    return this.#index.db.get(otherModelQuery, [this.embedder.model]) !== undefined;
  }

  #resetIfReopened(db: Connection): void {
    if (this.#db !== db) this.#resetMatrix(db);
  }

  #resetMatrix(db: Connection): void {
    this.#db = db;
    this.#matrix = new VectorMatrix(this.embedder.dimensions);
    [this.#lastVectorId, this.#lastPassageId, this.#loadedState] = [0, 0, ''];
  }

  #runYielding<R>(work: Generator<number, R, void>, signal: AbortSignal | undefined): Promise<R> {
    return runYielding(work, { clock: this.#clock, signal });
  }
}

/** Groups texts of similar length: the model pads a batch to its longest text. */
function* batchesOf(texts: readonly TextRow[]): Generator<TextRow[], void, void> {
  const sortedTexts = texts
    .map(({ key, text }) => ({ key, text: embeddablePart(text) }))
    .toSorted((a, b) => a.text.length - b.text.length);
  for (let from = 0; from < sortedTexts.length;) {
    let to = from + 1;
    const hasRoom = (): boolean =>
      to < sortedTexts.length &&
      to - from < batchLimits.texts &&
      (to - from + 1) * (sortedTexts[to]?.text.length ?? 0) <= batchLimits.characters;
    while (hasRoom()) to += 1;
    yield sortedTexts.slice(from, to);
    from = to;
  }
}

const createSlot = (): { meaning?: MeaningIndex } => ({});

type IndexServices = Pick<Services, 'singletons' | 'files' | 'read' | 'log' | 'source'>;

/** The vectors of an open workspace, with the model of the first call. Null for sandboxes and points in time, whose index is in memory. */
export function meaningIndex(
  services: IndexServices,
  makeEmbedder: () => Embedder = () => new WorkerEmbedder(),
): MeaningIndex | null {
  if (services.files.target.kind !== 'live') return null;
  const slot = services.singletons.get(createSlot);
  const { source, log } = services;
  return (slot.meaning ??= new MeaningIndex(searchIndex(services), makeEmbedder(), {
    clock: source.clock,
    log,
  }));
}
