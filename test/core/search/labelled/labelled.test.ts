import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { WorkerEmbedder } from '#core/search/meaning/embedder.ts';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { recallOf } from '../meaning/recall.ts';
import { report } from '../runs.ts';
import { readCorpus } from './corpus.ts';
import type { LabelledQuery } from './corpus.ts';

/*
 * How well searches find what people look for: 60 English and 40 German queries over some 170 texts, each with the records that answer it.
 * English is judged on the hits as they are shown, those by meaning after the others; German on the hits by words alone. The score of a language is
 * the mean of nDCG@10 (Järvelin and Kekäläinen, 2002), and may not fall below the stored one.
 */

const corpora = { english: readCorpus('english'), german: readCorpus('german') };
type Language = keyof typeof corpora;

const scoresFile = new URL('scores.json', import.meta.url);
const stored = JSON.parse(readFileSync(scoresFile, 'utf8')) as Record<Language, number> & { update: string };
const depth = 10;

const template = await makeTemplate(async (workspace) => {
  const { core } = workspace;
  await core.services.queue.command(core.session(), (write) => {
    for (const { records, links } of Object.values(corpora)) {
      for (const { type, id, ...payload } of records) write.records.createLater({ type, id, payload }, null);
      for (const { id, ...payload } of links)
        write.records.createLater({ type: 'interface', id, payload }, null);
    }
    write.audit.label('seed', { total: 0 });
  });
});

/** Discounted gain of records in their order. */
const gainOf = (grades: readonly number[]): number =>
  grades.slice(0, depth).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0);

function ndcg(found: readonly string[], relevance: LabelledQuery['relevance']): number {
  const ideal = Object.values(relevance).toSorted((a, b) => b - a);
  return gainOf(found.map((id) => relevance[id] ?? 0)) / gainOf(ideal);
}

/** The score of a language. Reports it, and stores it if that is asked for. */
async function scoreOf(
  language: Language,
  find: (text: string) => Promise<readonly string[]>,
): Promise<number> {
  const { queries } = corpora[language];
  let sum = 0;
  for (const { text, relevance } of queries) {
    const one = ndcg(await find(text), relevance);
    sum += one;
    if (one < 0.5) report(`  ${one.toFixed(2)} ${text}`);
  }
  const score = sum / queries.length;
  report(`${queries.length} ${language} queries: nDCG@10 ${score.toFixed(4)} (stored ${stored[language]})`);
  if (process.env['UPDATE_SCORES'] === '1') {
    stored[language] = Math.floor(score * 1000) / 1000;
    writeFileSync(scoresFile, `${JSON.stringify(stored, null, 2)}\n`);
  }
  return score;
}

test('every answer of the labelled queries is a record', () => {
  const all = Object.values(corpora);
  const ids = new Set(all.flatMap(({ records, links }) => [...records, ...links].map(({ id }) => id)));
  const answers = all.flatMap(({ queries }) => queries.flatMap(({ relevance }) => Object.keys(relevance)));
  expect(answers.filter((id) => !ids.has(id))).toEqual([]);
  expect([corpora.english.queries.length, corpora.german.queries.length]).toEqual([60, 40]);
});

test('German queries find their records by words as well as stored', async () => {
  const client = (await testWorkspace({ template })).as();
  const find = async (text: string): Promise<string[]> =>
    (await client.search.find({ text, limit: depth })).hits.map(({ id }) => id);
  expect(await scoreOf('german', find)).toBeGreaterThanOrEqual(stored.german);
});

/** The shipped model, with every vector that it made. */
class NotedEmbedder extends WorkerEmbedder {
  readonly vectors = new Map<string, Float32Array>();

  override async embed(texts: readonly string[], signal?: AbortSignal): Promise<Float32Array[]> {
    const vectors = await super.embed(texts, signal);
    for (const [at, text] of texts.entries()) this.vectors.set(text, vectors[at] as Float32Array);
    return vectors;
  }
}

test(
  'English queries find their records by words and meaning as well as stored',
  { timeout: 300_000 },
  async () => {
    const workspace = await testWorkspace({ template });
    const client = workspace.as();
    const embedder = new NotedEmbedder();
    meaningIndex(workspace.core.services, () => embedder);
    await resultOf(await client.search.train({}));
    const ofTexts = [...embedder.vectors.values()];
    const find = async (text: string): Promise<string[]> => {
      const { hits, byMeaning } = await client.search.find({ text, limit: depth, meaning: true });
      return [...hits, ...(byMeaning ?? [])].map(({ id }) => id);
    };
    expect(await scoreOf('english', find)).toBeGreaterThanOrEqual(stored.english);
    const ofQueries = corpora.english.queries.flatMap(({ text }) => embedder.vectors.get(text) ?? []);
    const { found, wanted } = recallOf(ofQueries, ofTexts);
    report(
      `${ofTexts.length} embedded texts: recall@10 of ${ofQueries.length} queries ${(found / wanted).toFixed(4)}`,
    );
    expect(found / wanted).toBeGreaterThanOrEqual(0.99);
  },
);
