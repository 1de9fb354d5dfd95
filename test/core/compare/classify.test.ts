import { describe, expect, test } from 'vitest';
import { classifyRecord } from '#core/compare/classify.ts';
import type { State } from '#core/compare/states.ts';

type Fields = Record<string, string | number | null>;

/** `null` is a record that is deleted, `undefined` one that never was. */
const state = (payload: Fields | null | undefined): State => ({
  id: payload === undefined ? null : 't',
  payload: payload ?? null,
});
const found = (base: Fields | null | undefined, live: typeof base, play: typeof base, twoTypes = false) =>
  classifyRecord({
    type: 'team',
    id: 't',
    base: state(base),
    ours: state(live),
    theirs: state(play),
    hasTypeConflict: twoTypes,
  });

describe('a record by its base, live and Play', () => {
  const [was, ours, theirs] = [{ size: 1 }, { size: 2 }, { size: 3 }];
  test.each([
    // base, live, play: class, conflict, what live did, what Play did
    [undefined, undefined, undefined, null],
    [was, was, was, null],
    [null, null, null, null],
    [undefined, null, null, null],
    [undefined, undefined, ours, 'play', null, null, 'created'],
    [undefined, ours, undefined, 'live', null, 'created', null],
    [undefined, ours, ours, 'same', null, 'created', 'created'],
    [undefined, ours, theirs, 'conflict', 'created', 'created', 'created'],
    [null, null, was, 'play', null, null, 'restored'],
    [null, was, null, 'live', null, 'restored', null],
    [null, was, was, 'same', null, 'restored', 'restored'],
    [null, ours, theirs, 'conflict', 'created', 'restored', 'restored'],
    [was, was, ours, 'play', null, null, 'updated'],
    [was, ours, was, 'live', null, 'updated', null],
    [was, ours, ours, 'same', null, 'updated', 'updated'],
    [was, ours, theirs, 'conflict', 'field', 'updated', 'updated'],
    [was, was, null, 'play', null, null, 'deleted'],
    [was, null, was, 'live', null, 'deleted', null],
    [was, null, null, 'same', null, 'deleted', 'deleted'],
    [was, ours, null, 'conflict', 'deleted', 'updated', 'deleted'],
    [was, null, ours, 'conflict', 'deleted', 'deleted', 'updated'],
  ] as const)('%j %j %j', (base, live, play, of, conflict = null, inLive = null, inPlay = null) => {
    const one = found(base, live, play);
    expect(one && [one.class, one.conflict]).toEqual(of && [of, conflict]);
    if (!one) return;
    const did = (side: Fields | null | undefined) => {
      if (!base) return side ? (base === undefined ? 'created' : 'restored') : null;
      return side ? (JSON.stringify(side) === JSON.stringify(base) ? null : 'updated') : 'deleted';
    };
    expect([did(live), did(play)]).toEqual([inLive, inPlay]);
    expect(one.fields.every((field) => field.class === of || of === 'same')).toBe(true);
  });

  test('of two types with one id is in conflict', () => {
    expect(found(undefined, undefined, ours, true)).toMatchObject({
      class: 'conflict',
      conflict: 'other_type',
    });
  });
});

describe('each field by itself if the record is on all three', () => {
  const base = { size: 3, name: 'Radio', note: null };
  test.each([
    [{ size: 5 }, { size: 5 }, 'same', 'size same'],
    [{ size: 5 }, {}, 'live', 'size live'],
    [{}, { size: 5 }, 'play', 'size play'],
    [{ size: 5 }, { size: 6 }, 'conflict', 'size conflict'],
    [{ size: 5 }, { name: 'X' }, 'both', 'name play, size live'],
    // What both made alike says nothing of whose the rest is.
    [{ size: 5, name: 'X' }, { size: 5 }, 'live', 'name live, size same'],
    [{ size: 5 }, { size: 5, name: 'X' }, 'play', 'name play, size same'],
    [{ size: 5, name: 'X' }, { size: 6, extra: 1 }, 'conflict', 'extra play, name live, size conflict'],
    // A field that is missing is not one that is null.
    [{ note: undefined }, {}, 'live', 'note live'],
    [{ note: undefined }, { note: 'X' }, 'conflict', 'note conflict'],
    [{ extra: null }, { extra: null }, 'same', 'extra same'],
  ])('%j %j', (live, play, of, fields) => {
    const without = (change: object): Fields => JSON.parse(JSON.stringify({ ...base, ...change })) as Fields;
    const one = found(base, without(live), without(play));
    expect(one?.class).toBe(of);
    expect(
      one?.fields
        .map((field) => `${field.field} ${field.class}`)
        .toSorted()
        .join(', '),
    ).toBe(fields);
  });
});
