import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matchesQuery, parseQuery } from '#renderer/features/search/useResults.ts';

describe('matching typed words', () => {
  it.each([
    ['Go to Teams', 'go teams', true],
    ['Go to Teams', 'TE', true],
    ['Go to Teams', 'eams', false],
    ['Go to Teams', '', true],
    ['Go to Teams', '  ', true],
    ['Light theme', 'theme light', true],
    ['Énergie über alles', 'üb', true],
    ['Open recent: One (in a)', 'open recent one', true],
  ])('%s, %s: %s', (text, query, expected) => {
    expect(matchesQuery(text, query)).toBe(expected);
  });

  it('every text matches the beginnings of its own words', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1 }), (words) => {
        expect(matchesQuery(words.join(' '), words.map((word) => word.slice(0, 2)).join(' '))).toBe(true);
      }),
    );
  });

  it('with > it is commands only', () => {
    expect(parseQuery('>dark')).toEqual({ text: 'dark', onlyCommands: true });
    expect(parseQuery('  > dark ')).toEqual({ text: 'dark', onlyCommands: true });
    expect(parseQuery('a > b')).toEqual({ text: 'a > b', onlyCommands: false });
  });
});
