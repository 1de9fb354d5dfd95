import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { sequenceDiff, textDiff } from '#renderer/features/history/detail/text-diff.ts';
import type { Piece, TextPiece } from '#renderer/features/history/detail/text-diff.ts';

const items = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 30 });
const side = (pieces: readonly Piece[], left: 'added' | 'removed'): string[] =>
  pieces.filter(({ kind }) => kind !== left).flatMap((piece) => piece.items);
const textSide = (pieces: readonly TextPiece[], left: 'added' | 'removed'): string =>
  pieces
    .filter(({ kind }) => kind !== left)
    .map(({ text }) => text)
    .join('');

describe('how one sequence becomes another', () => {
  test.prop([items, items])('both sides can be read from it', (before, after) => {
    const pieces = sequenceDiff(before, after);
    expect(side(pieces, 'added')).toEqual(before);
    expect(side(pieces, 'removed')).toEqual(after);
  });

  test.prop([items])('an unchanged text is one piece, or none', (same) => {
    const pieces = sequenceDiff(same, same);
    expect(pieces).toEqual(same.length === 0 ? [] : [{ kind: 'same', items: same }]);
  });

  test.prop([items, items])('neighbours are never of one kind', (before, after) => {
    const kinds = sequenceDiff(before, after).map(({ kind }) => kind);
    expect(kinds.every((kind, index) => kind !== kinds[index + 1])).toBe(true);
  });

  it('very long ones are replaced between their common ends', () => {
    const many = (letter: string): string[] =>
      Array.from({ length: 1100 }, (_, index) => `${letter}${index}`);
    const pieces = sequenceDiff(['first', ...many('a'), 'last'], ['first', ...many('b'), 'last']);
    expect(pieces.map(({ kind, items: held }) => [kind, held.length])).toEqual([
      ['same', 1],
      ['removed', 1100],
      ['added', 1100],
      ['same', 1],
    ]);
  });
});

describe('how one text becomes another', () => {
  test.prop([fc.string(), fc.string()])('no sign is lost', (before, after) => {
    const pieces = textDiff(before, after);
    expect(textSide(pieces, 'added')).toBe(before);
    expect(textSide(pieces, 'removed')).toBe(after);
  });
});
