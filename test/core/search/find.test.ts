import fc from 'fast-check';
import { expect, test } from 'vitest';
import { excerptOf } from '#core/search/excerpt.ts';
import { foldText } from '#shared/domain/fold.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import { report, searchRuns } from './runs.ts';

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await entities.create({
    type: 'team',
    id: 'ground',
    data: {
      name: 'Ground',
      description: 'Points the big dish at Svalbard each morning',
      phase: { plan: 'Überflug' },
    },
  });
  await entities.create({ type: 'team', id: 'power', data: { name: 'Power' } });
  await entities.create({
    type: 'interface',
    id: 'link',
    data: { from: 'ground', to: 'power', meta: { note: 'Cables over the dish' } },
  });
});

test('records are found by any of their texts, whatever case and accents', async () => {
  const client = (await testWorkspace({ template })).as();
  const find = async (text: string): Promise<string[]> =>
    (await client.search.find({ text })).hits.map(({ id, field }) => `${id} ${field}`);
  expect(await find('DISH svalbard')).toEqual(['ground description']);
  expect(await find('uberflug')).toEqual(['ground phase']);
  expect(await find('dish')).toEqual(['ground description', 'link meta']);
  expect(await find('power')).toEqual(['power name']);
  await client.entities.update({ type: 'team', id: 'power', data: { description: 'a 5" dish in C:\\data' } });
  for (const text of ['5"', 'C:\\data']) expect(await find(text)).toEqual(['power description']);
  await client.entities.update({ type: 'team', id: 'power', data: { description: null } });
  // Keys of a payload and references are no texts.
  expect(await find('description')).toEqual([]);
  expect(await find('* OR NEAR("a" b) title:')).toEqual([]);
  await client.entities.remove({ type: 'team', id: 'power' });
  expect(await find('dish')).toEqual(['ground description']);
});

test('a hit has its kind of match and marks the words', async () => {
  const client = (await testWorkspace({ template })).as();
  const find = async (text: string) => {
    const [hit] = (await client.search.find({ text })).hits;
    if (!hit) return null;
    const { found, excerpt } = hit;
    return [found, ...excerpt.marks.map(([start, end]) => excerpt.text.slice(start, end))];
  };
  expect(await find('svalb mor')).toEqual(['words', 'Svalb', 'mor']);
  expect(await find('alba')).toEqual(['inside', 'alba']);
  expect(await find('uberflug')).toEqual(['words', 'Überflug']);
  expect(await find('svalbrad')).toEqual(['similar', 'Svalbard']);
  expect(await find('xyzzy')).toBeNull();
});

test('a found document or comment names its subject and has its university', async () => {
  const client = (await testWorkspace({ template })).as();
  const { entities } = client;
  await entities.create({ type: 'university', id: 'kiruna', data: { name: 'Kiruna' } });
  await entities.update({ type: 'team', id: 'ground', data: { university_id: 'kiruna' } });
  const about = { record_ids: ['power', 'ground'] };
  await entities.create({ type: 'document', id: 'doc', data: { name: 'Handover of zirconium', ...about } });
  await entities.create({
    type: 'comment',
    id: 'note',
    data: { record_id: 'ground', text: 'Mind the zirconium' },
  });
  const { hits } = await client.search.find({ text: 'zirconium', university: 'kiruna' });
  const ground = { id: 'ground', type: 'team', title: 'Ground', university_id: 'kiruna' };
  const power = { id: 'power', type: 'team', title: 'Power', university_id: null };
  expect(hits).toMatchObject([
    { id: 'doc', university_id: 'kiruna', about: [power, ground] },
    { id: 'note', university_id: 'kiruna', about: [ground] },
  ]);
  await entities.remove({ type: 'team', id: 'power' });
  const [doc] = (await client.search.find({ text: 'zirconium', types: ['document'] })).hits;
  expect(doc?.about).toEqual([ground]);
});

test('similar records share words of a subject, not words such as “have” and “über”', async () => {
  const client = (await testWorkspace({ template })).as();
  const describeAs = (id: string, description: string) =>
    client.entities.update({ type: 'team', id, data: { description } });
  await describeAs('ground', 'They have settled nothing über Gyroscopes');
  await describeAs('power', 'Batteries have nothing über themselves');
  expect((await client.search.similar({ id: 'ground' })).hits).toEqual([]);
  await describeAs('power', 'Batteries have gyroscopes');
  const { hits } = await client.search.similar({ id: 'ground' });
  expect(hits).toMatchObject([{ id: 'power', shared: ['gyroscopes'] }]);
});

test('a long text with a word many times is marked at once', () => {
  const { text, marks } = excerptOf('a '.repeat(100_000), ['a'], true);
  expect(marks).toHaveLength(text.split('a').length - 1);
});

test('a mark after a character of two units is in its place', () => {
  const { text, marks } = excerptOf('🚀 launch', ['launch'], true);
  expect(marks.map(([start, end]) => text.slice(start, end))).toEqual(['launch']);
});

test('filters exclude other types, universities and older changes', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  const find = async (more: object): Promise<string[]> =>
    (await client.search.find({ text: 'dish', ...more })).hits.map(({ id }) => id);
  expect(await find({ types: ['interface'] })).toEqual(['link']);
  expect(await find({ university: 'nowhere' })).toEqual([]);
  expect(await find({ since: '2100-01-01T00:00:00Z' })).toEqual([]);
  expect(await find({ since: '2000-01-01T00:00:00Z' })).toEqual(['ground', 'link']);
  const { updated_at } = await client.entities.find({ id: 'ground' });
  const second = `${updated_at.slice(0, 19)}Z`;
  expect(await find({ since: second })).toContain('ground');
});

const word = fc.constantFrom(
  'thermal',
  'Thermik',
  'Straße',
  'ground',
  'station',
  'stat',
  'Ångström',
  'öl',
  'x1',
);
const text = fc.array(word, { minLength: 1, maxLength: 6 }).map((words) => words.join(' '));
const wordsOf = (of: string): string[] => foldText(of).split(/[^\p{L}\p{N}]+/u);

test('the results and their groups equal a scan of all texts', async () => {
  const workspace = await testWorkspace();
  const client = workspace.as();
  const written = new Map<string, string>();
  await fc.assert(
    fc.asyncProperty(
      fc.array(text, { maxLength: 3 }),
      fc.array(word, { minLength: 1, maxLength: 3 }),
      fc.nat(5),
      fc.nat(4),
      async (texts, asked, at, cut) => {
        for (const [offset, description] of texts.entries()) {
          const id = `team-${(at + offset) % 6}`;
          const data = { description };
          if (written.has(id)) await client.entities.update({ type: 'team', id, data });
          else await client.entities.create({ type: 'team', id, data: { name: id.slice(-1), ...data } });
          written.set(id, description);
        }
        const typed = asked.map((one) => one.slice(0, Math.max(2, one.length - cut)));
        const words = typed.map(foldText);
        const expected = { words: [] as string[], inside: [] as string[] };
        for (const [id, description] of written) {
          const own = wordsOf(description);
          if (words.every((one) => own.some((other) => other.startsWith(one)))) expected.words.push(id);
          else if (
            words.some((one) => one.length >= 3) &&
            words.every((one) => foldText(description).includes(one))
          )
            expected.inside.push(id);
        }
        const { hits, total } = await client.search.find({ text: typed.join(' ') });
        const idsOf = (group: string): string[] =>
          hits
            .filter(({ found }) => found === group)
            .map(({ id }) => id)
            .toSorted();
        expect(idsOf('words')).toEqual(expected.words.toSorted());
        expect(idsOf('inside')).toEqual(expected.inside.toSorted());
        expect(total).toBe(hits.length);
        const first = await client.search.find({ text: typed.join(' '), limit: 1 });
        expect(first.hits).toEqual(hits.slice(0, 1));
      },
    ),
    { numRuns: 200 * searchRuns },
  );
  report(`exact group equals a scan: ${200 * searchRuns} queries`);
});

test('a very frequent word is cut after the first kinds of match, which is reported', async () => {
  const workspace = await testWorkspace({ template });
  const { core } = workspace;
  await core.services.queue.command(core.session(), (write) => {
    for (let n = 0; n < 600; n += 1) {
      const payload = { name: `Team ${n}`, description: 'Builds a dish' };
      write.records.createLater({ type: 'team', id: `many_${n}`, payload }, null);
    }
    write.audit.label('seed', { total: 600 });
  });
  const client = workspace.as();
  await client.entities.update({ type: 'team', id: 'power', data: { name: 'Dish power' } });
  const all = await client.search.find({ text: 'dish', limit: 500 });
  expect(all).toMatchObject({ capped: true, total: 501 });
  expect(all.hits[0]).toMatchObject({ id: 'power', field: 'name' });
  expect((await client.search.find({ text: 'dish', limit: 7 })).hits).toEqual(all.hits.slice(0, 7));
  expect(await client.search.find({ text: 'dish', types: ['interface'] })).toMatchObject({
    capped: false,
    total: 1,
  });
});

test('similar records share rare words, the rarest first', async () => {
  const client = (await testWorkspace({ template })).as();
  const write = (id: string, description: string) =>
    client.entities.create({ type: 'project', id, data: { name: id.toUpperCase(), description } });
  await write('a', 'Deployable antenna with hinges');
  await write('b', 'Antenna tests in the chamber');
  await write('c', 'Hinges of the deployable boom');
  await write('d', 'Flight software');
  for (const id of ['e', 'f', 'g', 'h', 'i', 'j', 'k', 'l']) await write(id, 'Budget for the year');
  const { hits } = await client.search.similar({ id: 'a' });
  expect(hits.map(({ id, shared }) => [id, shared])).toEqual([
    ['c', ['deployable', 'hinges']],
    ['b', ['antenna']],
  ]);
  expect(hits[0]).toMatchObject({ field: 'description', excerpt: { text: 'Hinges of the deployable boom' } });
  expect(hits[0]?.excerpt.marks.map(([start, end]) => hits[0]?.excerpt.text.slice(start, end))).toEqual([
    'Hinges',
    'deployable',
  ]);
  expect((await client.search.similar({ id: 'a', limit: 1 })).hits).toEqual(hits.slice(0, 1));
  await client.entities.remove({ type: 'project', id: 'c' });
  expect((await client.search.similar({ id: 'a' })).hits.map(({ id }) => id)).toEqual(['b']);
  await expect(client.search.similar({ id: 'nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

test('people are not similar by their names and addresses', async () => {
  const client = (await testWorkspace({ template })).as();
  for (const [id, name, expertise] of [
    ['s1', 'Ada Quill', 'Cryogenics'],
    ['s2', 'Ada Brook', 'Budgets'],
    ['s3', 'Max Brook', 'Cryogenics'],
  ] as const)
    await client.entities.create({
      type: 'student',
      id,
      data: { name, email: `${id}@quill.example`, expertise_area: expertise },
    });
  for (const id of ['e', 'f', 'g', 'h'])
    await client.entities.create({ type: 'project', id, data: { name: id } });
  expect((await client.search.similar({ id: 's1' })).hits.map(({ id, shared }) => [id, shared])).toEqual([
    ['s3', ['cryogenics']],
  ]);
});
