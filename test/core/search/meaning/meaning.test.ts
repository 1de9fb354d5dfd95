import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { WorkerEmbedder } from '#core/search/meaning/embedder.ts';
import { followCommits } from '#core/search/index-commits.ts';
import { meaningIndex } from '#core/search/meaning/meaning-index.ts';
import type { MeaningIndex } from '#core/search/meaning/meaning-index.ts';
import { searchIndex } from '#core/search/search-index.ts';
import { erasePerson } from '#test/support/people.ts';
import { openSandbox, resultOf, take } from '#test/support/sandboxes.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client, TestWorkspace } from '#test/support/workspace.ts';
import { HashEmbedder } from '#test/support/hash-embedder.ts';
import { dot } from '#bench/core/clustered.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const texts = {
  cells: 'Builds battery packs from cells',
  dish: 'Points the dish at satellites',
  budget: 'Keeps the budget of the programme',
  packs: 'Tests the battery packs in the cold',
};

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  for (const [id, description] of Object.entries(texts))
    await entities.create({ type: 'team', id, data: { name: `Team ${id.toUpperCase()}`, description } });
});

function meaningOf(workspace: TestWorkspace, embedder = new HashEmbedder()): MeaningIndex {
  const meaning = meaningIndex(workspace.core.services, () => embedder);
  if (!meaning) throw new Error('live has no vectors');
  return meaning;
}

const train = async (client: Client) => resultOf(await client.search.train({}));
const near = async (client: Client, text: string): Promise<string[] | null> =>
  (await client.search.find({ text, meaning: true })).byMeaning?.map(({ id }) => id) ?? null;

test('hits by meaning appear once the texts are trained, separate from those with the words', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  meaningOf(workspace);
  expect(await near(client, 'packs of cell')).toBeNull();
  expect((await client.search.status({})).meaning).toMatchObject({ state: 'off', trained: 0 });
  expect((await train(client)).meaning).toMatchObject({
    state: 'ready',
    texts: 8,
    trained: 8,
    problem: null,
  });
  const found = await client.search.find({ text: 'packs of cell', meaning: true });
  expect(found.hits).toEqual([]);
  expect(found.byMeaning?.[0]).toMatchObject({
    id: 'cells',
    field: 'description',
    excerpt: { text: texts.cells },
  });
  // A record among the hits is not shown again.
  expect(
    (await client.search.find({ text: 'battery packs', meaning: true })).hits.map(({ id }) => id),
  ).toEqual(['cells', 'packs']);
  expect(await near(client, 'battery packs')).not.toContain('cells');
  expect((await client.search.find({ text: 'packs of cell' })).byMeaning).toBeNull();
  expect((await client.search.inspect({ id: 'cells' })).map(({ trained }) => trained)).toEqual([true, true]);
  const { hits, byMeaning } = await client.search.similar({ id: 'cells' });
  expect(hits.map(({ id }) => id)).toEqual(['packs']);
  expect(byMeaning?.map(({ id }) => id)).toContain('dish');
  expect(byMeaning?.map(({ id }) => id)).not.toContain('packs');
  expect(await client.search.similar({ id: 'cells', limit: 1 })).toEqual({ hits, byMeaning });
  expect((await client.search.clear({})).meaning).toMatchObject({ state: 'off', trained: 0 });
  expect(await near(client, 'packs of cell')).toBeNull();
});

test('filters narrow the hits by meaning', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  meaningOf(workspace);
  await train(client);
  const find = async (more: object) =>
    (await client.search.find({ text: 'packs of cell', meaning: true, ...more })).byMeaning?.length;
  expect(await find({ types: ['project'] })).toBe(0);
  expect(await find({ since: '2100-01-01T00:00:00Z' })).toBe(0);
  expect(await find({ types: ['team'] })).toBeGreaterThan(0);
});

test('cancelled training continues later, and embeds each text once', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
      async (cuts) => {
        const workspace = await testWorkspace({ template });
        const embedder = new HashEmbedder();
        const meaning = meaningOf(workspace, embedder);
        for (const cut of cuts) {
          const stop = new AbortController();
          let batches = 0;
          embedder.onBatch = () => ++batches === cut && stop.abort();
          await meaning.train({ signal: stop.signal }).catch(() => undefined);
          const isHidden = (await near(workspace.as(), 'packs of cell')) === null;
          expect(isHidden).toBe(meaning.status().state !== 'ready');
        }
        embedder.onBatch = () => {};
        await meaning.train();
        expect(meaning.status()).toMatchObject({ state: 'ready', trained: 8, texts: 8 });
        const ofRecords = embedder.embedded.filter((text) => text !== 'packs of cell');
        expect(ofRecords).toHaveLength(8);
        expect(new Set(ofRecords).size).toBe(8);
      },
    ),
    { numRuns: 5 },
  );
});

test('after a commit only changed texts are embedded, and vectors of removed texts are deleted', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const embedder = new HashEmbedder();
  const meaning = meaningOf(workspace, embedder);
  await train(client);
  embedder.embedded.length = 0;
  await client.entities.update({ type: 'team', id: 'dish', data: { description: 'Repairs the dish' } });
  const following = followCommits(workspace.core.services);
  await expect.poll(() => embedder.embedded).toEqual(['Repairs the dish']);
  embedder.embedded.length = 0;
  const description = 'Writes the flight software';
  await client.entities.update({ type: 'team', id: 'budget', data: { description } });
  await expect.poll(() => meaning.status()).toMatchObject({ state: 'ready', texts: 8, trained: 8 });
  expect(embedder.embedded).toEqual([description]);
  expect((await near(client, 'softwares for flights'))?.[0]).toBe('budget');
  await client.entities.remove({ type: 'team', id: 'budget' });
  await expect.poll(() => meaning.status()).toMatchObject({ texts: 6, trained: 6 });
  expect(await near(client, 'softwares for flights')).not.toContain('budget');
  await workspace.core.close();
  await following.catch(() => undefined);
});

test('rebuilding the passages keeps the vectors', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const embedder = new HashEmbedder();
  meaningOf(workspace, embedder);
  await train(client);
  expect((await resultOf(await client.search.rebuild({}))).meaning).toMatchObject({
    state: 'ready',
    trained: 8,
  });
  await train(client);
  expect(embedder.embedded).toHaveLength(8);
  expect(await near(client, 'packs of cell')).toContain('cells');
});

test('vectors of another model are replaced', async () => {
  const workspace = await testWorkspace({ template });
  await meaningOf(workspace).train();
  await workspace.reopen();
  const other = new HashEmbedder('letters-2');
  const meaning = meaningOf(workspace, other);
  expect(meaning.status()).toMatchObject({ state: 'off', trained: 0 });
  expect(await near(workspace.as(), 'packs of cell')).toBeNull();
  await meaning.trainNewTexts(new AbortController().signal);
  expect(meaning.status()).toMatchObject({ state: 'ready', model: 'letters-2', trained: 8 });
  expect(other.embedded).toHaveLength(8);
});

test('after an erasure no vector of the erased text is in the file, and the others are trained again', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  const embedder = new HashEmbedder();
  const meaning = meaningOf(workspace, embedder);
  const expertise_area = 'Kryotanks and turbines of rockets';
  await client.entities.create({ type: 'student', id: 's', data: { name: 'Maja Holm', expertise_area } });
  await client.entities.create({ type: 'team', id: 't', data: { name: 'Flight' } });
  await train(client);
  const bytesOf = (): Buffer =>
    Buffer.concat(
      ['', '-wal']
        .map((end) => join(workspace.folder, `search.sqlite${end}`))
        .filter(existsSync)
        .map((file) => readFileSync(file)),
    );
  const { db } = searchIndex(workspace.core.services);
  const [vector] = db.column<Buffer>(
    "SELECT vector FROM vectors WHERE text_key IN (SELECT text_key FROM passages WHERE record = 's')",
  );
  if (!vector) throw new Error('there is no vector');
  expect(bytesOf().includes(vector)).toBe(true);
  await erasePerson(client, 's');
  expect(bytesOf().includes(vector)).toBe(false);
  expect(meaning.status().state).toBe('ready');
  await meaning.trainNewTexts(new AbortController().signal);
  expect(bytesOf().includes(vector)).toBe(false);
  expect(await near(client, 'fligh')).toEqual([]);
});

test('without the model words are found as before, and the status says why', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const missing = pathToFileURL(join(workspace.folder, 'missing.js'));
  meaningIndex(workspace.core.services, () => new WorkerEmbedder(missing));
  const trained = await train(client);
  expect(trained.meaning).toMatchObject({ state: 'partial', trained: 0 });
  expect(trained.meaning?.problem).toContain('missing.js');
  expect(await client.search.find({ text: 'battery', meaning: true })).toMatchObject({
    total: 2,
    byMeaning: null,
  });
});

test('training waits while another process writes the index', async () => {
  const workspace = await testWorkspace({ template });
  const meaning = meaningOf(workspace);
  await workspace.as().search.find({ text: 'battery' });
  const other = new Database(join(workspace.folder, 'search.sqlite'));
  const embedder = meaning.embedder as HashEmbedder;
  let isHeld = false;
  embedder.onBatch = () => {
    if (isHeld) return;
    isHeld = true;
    other.exec('BEGIN IMMEDIATE');
    setTimeout(() => other.exec('ROLLBACK').close(), 100);
  };
  await meaning.train();
  expect(meaning.status()).toMatchObject({ state: 'ready', trained: 8 });
});

test('a sandbox is searched by words only', async () => {
  const workspace = await testWorkspace({ template });
  const { id } = await take(workspace.as(), 'Trial');
  const sandbox = await openSandbox(workspace, id);
  const client = sandbox.client(sandbox.session());
  expect((await train(client)).meaning).toBeNull();
  expect(await client.search.find({ text: 'battery', meaning: true })).toMatchObject({
    total: 2,
    byMeaning: null,
  });
});

test('results by meaning equal a comparison with every text', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  const embedder = new HashEmbedder();
  meaningOf(workspace, embedder);
  const word = fc.constantFrom(
    'thermal',
    'ground',
    'station',
    'battery',
    'antenna',
    'control',
    'software',
    'camera',
  );
  const sentence = fc.array(word, { minLength: 2, maxLength: 5 }).map((words) => words.join(' '));
  const written = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(sentence, { maxLength: 4 }),
      fc.nat(20),
      sentence,
      async (changes, at, asked) => {
        for (const [offset, description] of changes.entries()) {
          const id = `team-${(at + offset) % 20}`;
          if (written.has(id)) await client.entities.update({ type: 'team', id, data: { description } });
          else await client.entities.create({ type: 'team', id, data: { name: '–', description } });
          written.set(id, description);
        }
        await train(client);
        // No record has all the words, so that none is left out here.
        const text = `xyz ${asked}`;
        const vector = embedder.vector(text);
        const expected = [...written.values()]
          .map((description) => dot(vector, embedder.vector(description)))
          .filter((score) => score >= 0.251)
          .toSorted((a, b) => b - a)
          .slice(0, 10);
        const { byMeaning } = await client.search.find({ text, meaning: true });
        const scores = (byMeaning ?? []).map(({ similarity }) => similarity);
        for (const [place, score] of expected.entries()) expect(scores[place]).toBeCloseTo(score, 2);
      },
    ),
    { numRuns: lawRuns(60) },
  );
});

test('the shipped model distinguishes subjects without a network', async () => {
  const embedder = new WorkerEmbedder();
  try {
    const [question, battery, antenna] = await embedder.embed([
      'Who looks after electricity on the satellite?',
      'The power team maintains solar arrays and battery cells',
      'Handover of the office budget',
    ]);
    if (!question || !battery || !antenna) throw new Error('a vector is missing');
    expect(question).toHaveLength(embedder.dimensions);
    expect(dot(question, question)).toBeCloseTo(1, 4);
    expect(dot(question, battery)).toBeGreaterThan(dot(question, antenna) + 0.2);
  } finally {
    await embedder.close();
  }
});
