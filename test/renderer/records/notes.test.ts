import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '#shared/domain/json.ts';
import { toRaw } from '#renderer/features/records/form/values.ts';
import { contentOf, rawOfNotes } from '#renderer/features/records/form/NotesInput.tsx';
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
  it('are stored unchanged, whatever they contain', () => {
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
});
