import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsAlike, searchNames } from '#core/model/name-search.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';
import type { EntityType } from '#shared/domain/types.ts';

const name = (id: string, title: string, university: string | null = null) => ({
  id,
  type: 'team' as EntityType,
  title,
  folded: title.toLowerCase(),
  university_id: university,
  deleted: false,
});
const names = [
  name('u1', 'Bayfront University'),
  name('u2', 'Summit State'),
  name('r1', 'Radio and antenna', 'u1'),
  name('r2', 'Radio and antenna', 'u2'),
  name('f', 'Flight software', 'u1'),
];
const folded = (id: string) => names.find((one) => one.id === id)?.folded;
const search = (text: string, limit = 20): string[] =>
  searchNames({ names, folded }, { types: new Set(['team']), text, limit, deleted: false }).map(
    ({ id }) => id,
  );

test('the university may stand beside the name, in any order', () => {
  expect(search('radio bayfront')).toEqual(['r1']);
  expect(search('summit radio')).toEqual(['r2']);
  expect(search('bayfront')).toEqual(['u1']);
});

test('typing errors are found after what was meant exactly', () => {
  expect(search('fligth sofware')).toEqual(['f']);
  expect(search('antena sumit')).toEqual(['r2']);
  expect(search('zzzz')).toEqual([]);
});

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 4, maxLength: 12 });

test('a word with one mistake begins alike, and with none where none are allowed', () => {
  fc.assert(
    fc.property(letters, fc.nat(), fc.constantFrom('x', 'y'), fc.nat(3), (word, where, letter, kind) => {
      const at = where % word.length;
      const next = word[at + 1];
      const wrong = [
        word.slice(0, at) + word.slice(at + 1),
        word.slice(0, at) + letter + word.slice(at),
        word.slice(0, at) + letter + word.slice(at + 1),
        next === undefined ? word : word.slice(0, at) + next + (word[at] as string) + word.slice(at + 2),
      ][kind] as string;
      expect(beginsAlike(word, wrong, 1)).toBe(true);
      expect(beginsAlike(word, wrong, 0)).toBe(word.startsWith(wrong));
    }),
  );
});

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
    (await client.entities.searchTexts({ text })).map(({ id, field }) => `${id} ${field}`);
  expect(await find('DISH svalbard')).toEqual(['ground description']);
  expect(await find('uberflug')).toEqual(['ground phase']);
  expect(await find('dish')).toEqual(['ground description', 'link meta']);
  expect(await find('power')).toEqual(['power name']);
  await client.entities.update({ type: 'team', id: 'power', data: { description: 'a 5" dish in C:\\data' } });
  for (const text of ['5"', 'C:\\data']) expect(await find(text)).toEqual(['power description']);
  await client.entities.update({ type: 'team', id: 'power', data: { description: null } });
  // Keys of a payload and references are no texts.
  expect(await find('description')).toEqual([]);
  await client.entities.remove({ type: 'team', id: 'power' });
  expect(await find('dish')).toEqual(['ground description']);
  const [hit] = await client.entities.searchTexts({ text: 'svalbard' });
  expect(hit?.excerpt).toContain('at Svalbard each');
});
