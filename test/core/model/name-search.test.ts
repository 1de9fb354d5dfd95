import fc from 'fast-check';
import { expect, test } from 'vitest';
import { beginsWithTypos, searchNames } from '#core/model/name-search.ts';
import type { NameQuery } from '#core/model/name-search.ts';
import type { EntityType } from '#shared/domain/types.ts';

const name = (id: string, title: string, university: string | null = null, team: string | null = null) => ({
  id,
  type: (team === null ? 'team' : 'student') as EntityType,
  title,
  foldedTitle: title.toLowerCase(),
  university_id: university,
  team_id: team,
  deleted: false,
});
const names = [
  name('u1', 'Bayfront University'),
  name('u2', 'Summit State'),
  name('r1', 'Radio and antenna', 'u1'),
  name('r2', 'Radio and antenna', 'u2'),
  name('f', 'Flight software', 'u1'),
  name('g1', 'Bluebell ground systems', 'u2'),
  name('g2', 'Ground systems', 'u2'),
  name('s1', 'Ana Souza', 'u1', 'f'),
  name('s2', 'Ben Adler', 'u2', 'r2'),
  name('s3', 'Chen Radó', 'u2', 'g2'),
];
const foldedTitle = (id: string) => names.find((one) => one.id === id)?.foldedTitle;
const search = (text: string, options: Partial<NameQuery> = {}): string[] =>
  searchNames(
    { names, foldedTitle },
    { types: new Set(['team']), text, limit: 20, deleted: false, ...options },
  ).map(({ id }) => id);
const people = new Set<EntityType>(['student']);

test('records of a team or university are found by its name alone, on request', () => {
  expect(search('radio', { types: people, byPlace: true })).toEqual(['s2']);
  expect(search('summit', { types: people, byPlace: true })).toEqual(['s2', 's3']);
  expect(search('summit', { types: people })).toEqual([]);
  expect(search('ground summit', { byPlace: true })).toEqual(['g2', 'g1']);
  // Names come first.
  expect(search('ra', { types: people, byPlace: true })).toEqual(['s3', 's2']);
});

test('members of the nearby teams precede all others, in the order of these teams', () => {
  expect(search('', { types: people, near: ['g2', 'f'] })).toEqual(['s3', 's1', 's2']);
  expect(search('', { types: people, near: ['f', 's2'], limit: 2 })).toEqual(['s1', 's2']);
  expect(search('radio', { near: ['u2'] })).toEqual(['r2', 'r1']);
});

test('names that begin with a typed word precede those that only contain it', () => {
  expect(search('s')).toEqual(['u2', 'g1', 'f', 'g2', 'u1']);
  const night = name('n', 'A night of flight', 'u1');
  const found = searchNames(
    { names: [night, ...names], foldedTitle },
    { types: new Set(['team']), text: 'flight bay', limit: 20, deleted: false },
  );
  expect(found.map(({ id }) => id)).toEqual(['f', 'n']);
});

test('without a text, records follow the order of the types', () => {
  expect(search('', { types: new Set<EntityType>(['student', 'team']) }).slice(0, 4)).toEqual([
    's1',
    's2',
    's3',
    'u1',
  ]);
});

test('the university may be typed with the name, in any order', () => {
  expect(search('radio bayfront')).toEqual(['r1']);
  expect(search('summit radio')).toEqual(['r2']);
  expect(search('bayfront')).toEqual(['u1']);
});

test('a record whose whole name was typed with its university precedes longer names', () => {
  expect(search('ground systems summit')).toEqual(['g2', 'g1']);
  expect(search('Summit: ground-systems')).toEqual(['g2', 'g1']);
});

test('typing errors are found after exact matches', () => {
  expect(search('fligth sofware')).toEqual(['f']);
  expect(search('antena sumit')).toEqual(['r2']);
  expect(search('zzzz')).toEqual([]);
});

const letters = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd', 'e'), minLength: 4, maxLength: 12 });

test('a word with one error matches, unless none is allowed', () => {
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
      expect(beginsWithTypos(word, wrong, 1)).toBe(true);
      expect(beginsWithTypos(word, wrong, 0)).toBe(word.startsWith(wrong));
    }),
  );
});

test('a limit takes the first of all names', () => {
  const manyNames = Array.from({ length: 50 }, (_, index) => name(`m${index}`, `Team ${(index * 7) % 50}`));
  const find = (limit: number): string[] =>
    searchNames(
      { names: manyNames, foldedTitle },
      { types: new Set(['team']), text: 'team', limit, deleted: false },
    ).map(({ title }) => title);
  const all = find(50);
  expect(all.slice(0, 3)).toEqual(['Team 0', 'Team 1', 'Team 2']);
  for (const limit of [1, 2, 3, 7, 49]) expect(find(limit)).toEqual(all.slice(0, limit));
});
