import { describe, expect, it } from 'vitest';
import type { Difference } from '#shared/contract/compare.ts';
import { decide, isLeft, noChoices } from '#renderer/features/play/compare/choices.ts';
import type { Choices } from '#renderer/features/play/compare/choices.ts';
import { mayHaveEnds, withEnds } from '#renderer/features/play/compare/ends.ts';
import { pick } from '#renderer/features/play/compare/needed.ts';
import { spare } from '#renderer/features/play/compare/spared.ts';

const gone = (type: Difference['type'], id: string, more: Partial<Difference> = {}): Difference => ({
  type,
  id,
  title: id,
  university: null,
  class: 'play',
  play: 'deleted',
  live: null,
  conflict: null,
  fields: [],
  ...more,
});
const was = (field: string, base: string) => ({ field, class: 'play', base, live: base }) as const;
const conflict = { class: 'conflict', conflict: 'deleted', live: 'updated' } as const;

/** Play deleted two linked teams, of one of which live made more. */
const a = gone('team', 'a', conflict);
const b = gone('team', 'b');
const link = gone('interface', 'link', { fields: [was('from', 'a'), was('to', 'b')] });
const rows = [a, b, link];
const out = (choices: Choices): string[] => rows.filter((one) => isLeft(choices, one)).map(({ id }) => id);

describe('a link whose ends Play both deleted', () => {
  it('stays out with one that live keeps, and goes with the other all the same', () => {
    const kept = spare(decide(noChoices, a, null, 'live'), rows, a);
    expect(out(kept)).toEqual(['link']);
    expect(mayHaveEnds(kept)).toBe(true);
    expect(out(withEnds(kept, rows, 'ask'))).toEqual([]);
    expect(out(withEnds(pick(kept, rows, b, false), rows, 'ask'))).toEqual(['b', 'link']);
  });

  it('stays out with one that is left out, and goes with the other as soon as that goes', () => {
    const without = pick(noChoices, rows, b, false);
    expect(out(withEnds(without, rows, 'live'))).toEqual(['b', 'link']);
    expect(out(withEnds(without, rows, 'ask'))).toEqual(['b', 'link']);
    expect(out(withEnds(without, rows, 'play'))).toEqual(['b']);
    expect(out(withEnds(decide(without, a, null, 'play'), rows, 'live'))).toEqual(['b']);
  });

  it('is taken in again with the one that it was left out with, but where it was left out itself', () => {
    const without = pick(noChoices, rows, b, false);
    expect(out(pick(without, rows, b, true))).toEqual([]);
    const itself = pick(pick(noChoices, rows, link, false), rows, b, false);
    expect(mayHaveEnds(itself)).toBe(false);
    expect(out(withEnds(itself, rows, 'play'))).toEqual(['b', 'link']);
    expect(out(pick(itself, rows, b, true))).toEqual(['link']);
  });
});
