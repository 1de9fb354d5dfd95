import { randomBytes } from 'node:crypto';
import { createRequire } from 'node:module';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { findByMeaning } from '#core/search/meaning/find.ts';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import { quantiseVector, toBytes } from '#core/search/meaning/vector.ts';
import { searchIndex } from '#core/search/search-index.ts';
import { clustered, exactNearest, randomFrom } from './clustered.ts';
import { each, pairs, PeerMissing, timed } from '../row.ts';
import type { Row } from '../row.ts';
import type { Run } from '../run.ts';
import { openPlace } from './place.ts';
import type { Place } from './place.ts';
import { drain } from './search.ts';

const execute = promisify(execFile);

const [count, dimensions, queries] = [100_000, 384, 20];

/** Vectors near to each other in groups, as those of texts are, and some of them to search for. */
function makeVectors(run: Run): { vectors: Float32Array[]; asked: Float32Array[] } {
  const random = randomFrom(1);
  const vectors = clustered({ count: run.scaled(count), clusters: run.scaled(500), dimensions, random });
  return {
    vectors,
    asked: Array.from({ length: run.scaled(queries) }, (_, at) => vectors[at * 997] as Float32Array),
  };
}

/** A function that finds the ten records nearest to a vector, in a workspace whose index has the vectors. */
function ours({ core }: Place, vectors: readonly Float32Array[]): (vector: Float32Array) => string[] {
  const { services } = core;
  const index = searchIndex(services);
  const meaning = meaningIndex(services);
  if (!meaning) throw new Error('live has no vectors');
  drain(index.catchUp());
  const { db } = index;
  db.raw.transaction(() => {
    for (const [at, vector] of vectors.entries()) {
      const key = randomBytes(16);
      const quantised = quantiseVector(vector);
      const passage = [
        'INSERT INTO passages (record, type, changed, field, is_title, text, text_key)',
        "VALUES (?, 'team', '', 'description', 0, 'A text', ?)",
      ];
      db.write.run(passage.join(' '), [String(at), key]);
      db.write.run('INSERT INTO vectors (text_key, scale, vector) VALUES (?, ?, ?)', [
        key,
        quantised.scale,
        toBytes(quantised),
      ]);
    }
  })();
  const none = { excludedIds: new Set<string>(), words: [] };
  const find = (vector: Float32Array): string[] =>
    drain(findByMeaning(index, meaning, services, { vectors: [vector], ...none })).map(({ id }) => id);
  return find;
}

interface SqliteVec {
  load(db: Database.Database): void;
}

/** The same with sqlite-vec. Throws PeerMissing. */
function theirs(
  folder: string,
  vectors: readonly Float32Array[],
): { find: (vector: Float32Array) => number[]; close: () => void } {
  let peer: SqliteVec;
  try {
    peer = createRequire(import.meta.url)('sqlite-vec') as SqliteVec;
  } catch {
    throw new PeerMissing('sqlite-vec');
  }
  const db = new Database(join(folder, 'vec.sqlite'));
  peer.load(db);
  db.pragma('synchronous = OFF');
  db.exec(`CREATE VIRTUAL TABLE v USING vec0(vector float[${dimensions}])`);
  const add = db.prepare('INSERT INTO v (rowid, vector) VALUES (?, ?)');
  const bytes = (vector: Float32Array): Buffer =>
    Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);
  db.transaction(() => {
    for (const [at, vector] of vectors.entries()) add.run(BigInt(at), bytes(vector));
  })();
  const query = db.prepare('SELECT rowid FROM v WHERE vector MATCH ? AND k = 10').pluck();
  return { find: (vector) => query.all(bytes(vector)) as number[], close: () => db.close() };
}

const topTen: Row = {
  id: 'vectors-top-10',
  name: 'the ten records nearest to a vector among 100k vectors of 384 numbers vs sqlite-vec (float32)',
  target: 0.1,
  better: 'lower',
  async measure(run) {
    const place = await openPlace();
    const { vectors, asked } = makeVectors(run);
    const peer = theirs(place.folder, vectors);
    try {
      const find = ours(place, vectors);
      const exact = asked.slice(0, 5).map((vector) => new Set(exactNearest(vector, vectors, 10)));
      const hits = exact.flatMap((wanted, at) =>
        find(asked[at] as Float32Array).filter((id) => wanted.has(Number(id))),
      );
      if (hits.length < 0.99 * 10 * exact.length)
        throw new Error(`only ${hits.length} of ${10 * exact.length} were found`);
      return await pairs(run, 'lower', {
        ours: () => timed(() => asked.forEach((vector) => find(vector))),
        theirs: () => timed(() => asked.forEach((vector) => peer.find(vector))),
      });
    } finally {
      peer.close();
      await place.close();
    }
  },
};

/** Batches of each size that are embedded. */
const batchesOfEach = 5;

const memory: Row = {
  id: 'embedder-memory',
  name: 'memory above the process while texts are embedded, at most (MB)',
  target: 350,
  better: 'lower',
  async measure(run) {
    const child = fileURLToPath(new URL('embedder-child.ts', import.meta.url));
    return each({ ...run, repetitions: Math.min(run.repetitions, 3) }, async () => {
      const { stdout } = await execute(process.execPath, [child, String(run.scaled(batchesOfEach))]);
      return Number(stdout);
    });
  },
};

export const vectorRows: readonly Row[] = [topTen, memory];
