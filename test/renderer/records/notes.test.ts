import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import { toRaw } from '#renderer/features/records/form/values.ts';
import {
  blankNote,
  contentOf,
  problemOf,
  rawOfNotes,
  sameRaw,
  settled,
} from '#renderer/features/records/form/NotesInput.tsx';
import type { Note } from '#renderer/features/records/form/NotesInput.tsx';
import '#renderer/i18n/setup.ts';

const raw = (value: Json): string => String(toRaw({ kind: 'json' }, value));

function notesOf(value: Json): Note[] {
  const content = contentOf(raw(value));
  if (content.kind !== 'notes') throw new Error(`these are no notes but ${content.kind}`);
  return content.notes;
}

/** The value that notes stand for. */
const valueOf = (notes: readonly Note[]): Json => JSON.parse(rawOfNotes(notes) || 'null') as Json;

describe('notes', () => {
  it('come back as they are stored, whatever they hold', () => {
    const name = fc.string({ minLength: 1 }).filter((text) => text.trim() === text && text !== '__proto__');
    const stored = fc.dictionary(name, fc.jsonValue() as fc.Arbitrary<Json>, { minKeys: 1 });
    fc.assert(
      fc.property(stored, (value) => {
        const same = JSON.parse(JSON.stringify(value)) as Json;
        expect(valueOf(notesOf(same))).toEqual(same);
      }),
    );
  });

  it('keep a number a number and a yes a yes, as long as one is written', () => {
    const notes = notesOf({ floor: 4, lift: true, room: 'A431', keys: null });
    expect(notes.map(({ text }) => text)).toEqual(['4', 'Yes', 'A431', '']);
    const typed = ['5.5', 'No', '12', 'two'].map((text, at) => ({ ...(notes[at] as Note), text }));
    expect(valueOf(typed)).toEqual({ floor: 5.5, lift: false, room: '12', keys: 'two' });
    expect(valueOf(typed.map((note) => ({ ...note, text: 'none' })))).toEqual({
      floor: 'none',
      lift: 'none',
      room: 'none',
      keys: 'none',
    });
  });

  it('leave lists and notes within notes as they are', () => {
    const notes = notesOf({ tags: [1, 'a'], by: { who: 'Ana' } });
    expect(valueOf(notes.map((note) => ({ ...note, text: 'lost' })))).toEqual({
      tags: [1, 'a'],
      by: { who: 'Ana' },
    });
    expect(valueOf(notes.map((note) => ({ ...note, name: `${note.name}s` })))).toEqual({
      tagss: [1, 'a'],
      bys: { who: 'Ana' },
    });
  });

  it('are not lost under a name that is missing or taken: what was stored stays, what is new waits', () => {
    const [room, floor] = notesOf({ room: 'A431', floor: 4 }) as [Note, Note];
    const added = { ...blankNote([room, floor]), text: 'west' };
    expect(valueOf([room, floor, added])).toEqual({ room: 'A431', floor: 4 });
    expect(problemOf(added, [room, floor, added])).toBe('unnamed');
    expect(problemOf(blankNote([]), [])).toBeNull();
    const twice = { ...floor, name: 'room' };
    expect(problemOf(twice, [room, twice])).toBe('twice');
    expect(valueOf([room, twice])).toEqual({ room: 'A431', floor: 4 });
    expect(valueOf([{ ...room, name: ' ' }, floor])).toEqual({ room: 'A431', floor: 4 });
    const taker = { ...room, name: 'floor' };
    expect([taker, floor].map((note) => problemOf(note, [taker, floor]))).toEqual(['twice', null]);
    expect(valueOf([taker, floor])).toEqual({ room: 'A431', floor: 4 });
    // The name that it had is another's by now.
    const [nameless, heir] = [
      { ...room, name: '' },
      { ...floor, name: 'room' },
    ];
    expect(valueOf([nameless, heir])).toEqual({ room: 4 });
    expect(valueOf([heir, nameless])).toEqual({ room: 4 });
    const [kept] = settled([{ ...added, name: ' side ' }]);
    expect(valueOf([{ ...(kept as Note), name: '' }])).toEqual({ side: 'west' });
  });

  it('are none, a text, or shown as they stand', () => {
    expect(contentOf('')).toEqual({ kind: 'notes', notes: [] });
    expect(contentOf(raw('on the left'))).toEqual({ kind: 'text', text: 'on the left' });
    for (const json of [raw([1]), raw(7), raw({ '': 1 }), raw({ ' a': 1 }), '{"a":'])
      expect(contentOf(json)).toEqual({ kind: 'json' });
    expect(rawOfNotes([])).toBe('');
  });

  it('mean the same however they are written', () => {
    expect(sameRaw('{"a":1,"b":2}', '{ "b": 2, "a": 1 }')).toBe(true);
    expect(sameRaw('{"a":1}', '{"a":"1"}')).toBe(false);
    expect(sameRaw('', '{}')).toBe(false);
    expect(sameRaw('{', '{')).toBe(true);
  });
});
