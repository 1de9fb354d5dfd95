import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { foldText } from '#shared/domain/fold.ts';
import { erasePerson } from '#test/support/people.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { Client } from '#test/support/workspace.ts';
import { report, searchRuns } from './runs.ts';

const template = await makeTemplate(async (workspace) => {
  const { entities } = workspace.as();
  await entities.create({ type: 'university', id: 'uni', data: { name: 'Summit' } });
  const data = { name: 'Ground', university_id: 'uni', description: 'Points the big dish at Svalbard' };
  await entities.create({ type: 'team', id: 'ground', data });
  await entities.create({ type: 'student', id: 'maja', data: { name: 'Maja Lind', university_id: 'uni' } });
});

const describeAs = (client: Client, description: string | null) =>
  client.entities.update({ type: 'team', id: 'ground', data: { description } });

const earlier = async (client: Client, text: string, more: object = {}) =>
  (await client.search.find({ text, ...more })).earlier;

test('words of an earlier value are found with field and time, while the record does not have them now', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  expect(await earlier(client, 'svalbard')).toEqual([]);
  await describeAs(client, 'Points at Kiruna');
  const changed = (await client.entities.find({ id: 'ground' })).updated_at;
  expect(await earlier(client, 'SVALB')).toEqual([
    {
      id: 'ground',
      about: [],
      type: 'team',
      title: 'Ground',
      university_id: 'uni',
      field: 'description',
      excerpt: { text: 'Points the big dish at Svalbard', marks: [[23, 28]] },
      until: changed,
    },
  ]);
  expect((await client.search.find({ text: 'svalbard' })).hits).toEqual([]);
  for (const more of [{ types: ['student'] }, { university: 'nowhere' }])
    expect(await earlier(client, 'svalbard', more)).toEqual([]);
  expect(await earlier(client, 'svalbard', { limit: 1, types: ['team'], university: 'uni' })).toHaveLength(1);
  await client.history.undo({});
  expect(await earlier(client, 'svalbard')).toEqual([]);
  expect(await earlier(client, 'kiruna')).toMatchObject([{ id: 'ground' }]);
  await client.entities.remove({ type: 'team', id: 'ground' });
  expect(await earlier(client, 'kiruna')).toEqual([]);
});

test('nothing of an erased person is found or stays in the index', async () => {
  const workspace = await testWorkspace({ template });
  const client = workspace.as();
  await client.entities.update({ type: 'student', id: 'maja', data: { name: 'Maja Holm' } });
  await describeAs(client, 'Ask Maja Holm about the rotator');
  await describeAs(client, 'Ask nobody');
  expect(await earlier(client, 'lind')).toMatchObject([{ id: 'maja', field: 'name' }]);
  expect(await earlier(client, 'maja rotator')).toMatchObject([{ id: 'ground' }]);
  await erasePerson(client, 'maja');
  expect(await earlier(client, 'rotator')).toMatchObject([{ id: 'ground' }]);
  for (const word of ['maja', 'holm', 'lind']) expect(await earlier(client, word)).toEqual([]);
  await workspace.core.close();
  const bytes = readFileSync(join(workspace.folder, 'search.sqlite'));
  for (const word of ['Maja', 'Holm', 'Lind', 'maja', 'holm', 'lind'])
    expect(bytes.includes(word)).toBe(false);
});

const words = ['thermal', 'Thermik', 'Überflug', 'rotator', 'cable', 'valve', 'Kabel'];

test('earlier values equal a scan of all values, with a followed or rebuilt index', async () => {
  const value = fc
    .array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 })
    .map((all) => all.join(' '));
  let queries = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 6 }), async (values) => {
      const client = (await testWorkspace({ template })).as();
      await client.search.find({ text: 'dish' });
      for (const one of values) await describeAs(client, one);
      const last = values.at(-1) ?? '';
      const found = async (): Promise<string[]> => {
        const all: string[] = [];
        for (const word of words) {
          queries += 1;
          const [hit] = await earlier(client, word.slice(0, 4));
          all.push(hit?.excerpt.text ?? '');
        }
        return all;
      };
      const begins = (text: string, word: string): boolean =>
        foldText(text)
          .split(' ')
          .some((part) => part.startsWith(foldText(word).slice(0, 4)));
      const former = ['Points the big dish at Svalbard', ...values]
        .toReversed()
        .filter((one) => one !== last);
      const expected = words.map((word) =>
        begins(last, word) ? '' : (former.find((one) => begins(one, word)) ?? ''),
      );
      expect(await found()).toEqual(expected);
      for await (const _ of await client.search.rebuild({}));
      expect(await found()).toEqual(expected);
    }),
    { numRuns: searchRuns * 4 },
  );
  report(`${queries} queries of earlier values equal a scan`);
});

test('of a record that changes often the last twenty values are found', async () => {
  const client = (await testWorkspace({ template })).as();
  for (let at = 0; at < 25; at++) await describeAs(client, `word${String.fromCharCode(97 + at)}`);
  expect(await earlier(client, 'wordd')).toEqual([]);
  expect(await earlier(client, 'worde')).toHaveLength(1);
  expect(await earlier(client, 'wordx')).toHaveLength(1);
});
