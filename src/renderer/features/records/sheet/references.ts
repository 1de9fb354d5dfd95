import type { RecordRef } from '#shared/contract/record.ts';
import type { Field } from '#shared/domain/entities.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { say } from '../../../i18n/setup.ts';
import { inSentence, typeName } from '../../../text/names.ts';
import type { Parsed } from '../form/inputs.ts';
import { endTypes } from '../linkable.ts';

/** Most records of one title that are told apart. */
const most = 100;
/** Titles that are looked up at a time. */
const atOnce = 16;

const folded = (text: string): string => text.trim().toLocaleLowerCase();

/** What is called so: by the field's type and the text. */
export type Found = ReadonlyMap<string, readonly RecordRef[]>;

const keyOf = (field: Field, text: string): string => `${field.to ?? ''}/${folded(text)}`;

const typesOf = (field: Field): readonly EntityType[] =>
  field.to === 'any' || field.to === undefined ? endTypes : [field.to];

async function lookUp(field: Field, text: string): Promise<readonly RecordRef[]> {
  const wanted = folded(text);
  const types = [...typesOf(field)];
  const found = await api.entities.lookup({ types, text: text.trim().slice(0, 200), limit: most });
  const named = found.filter(({ title }) => folded(title) === wanted);
  if (named.length > 0) return named;
  // Perhaps it is an id.
  const record = await api.entities.find({ id: text.trim().slice(0, 200) }).catch(() => null);
  if (!record || record.deleted_at !== null || !types.includes(record.type)) return [];
  return [{ ...record, deleted: false }];
}

/** Looks up what the texts of cells may name. Throws what core throws. */
export async function findReferences(cells: readonly { field: Field; text: string }[]): Promise<Found> {
  const wanted = new Map(
    cells
      .filter(({ field, text }) => field.kind === 'reference' && text.trim() !== '')
      .map((cell) => [keyOf(cell.field, cell.text), cell]),
  );
  const found = new Map<string, readonly RecordRef[]>();
  const waiting = [...wanted];
  for (let at = 0; at < waiting.length; at += atOnce) {
    const some = waiting.slice(at, at + atOnce);
    const answers = await Promise.all(some.map(([, { field, text }]) => lookUp(field, text)));
    for (const [index, [key]] of some.entries()) found.set(key, answers[index] ?? []);
  }
  return found;
}

/** The one record that a text names in a field: of several those of the university `near` count first. */
export function referenceValue(found: Found, field: Field, text: string, near: string | null): Parsed {
  if (text.trim() === '') return { ok: true, value: null };
  const all = found.get(keyOf(field, text)) ?? [];
  const close = all.filter((record) => near !== null && record.university_id === near);
  const [only, another] = close.length === 1 ? close : all;
  if (only && !another) return { ok: true, value: only.id };
  const what = field.to === 'any' || !field.to ? '' : inSentence(typeName(field.to));
  if (!only)
    return {
      ok: false,
      message: what === '' ? say('sheet:noRecord', { text }) : say('sheet:noneCalled', { what, text }),
    };
  return { ok: false, message: say('sheet:severalCalled', { count: all.length, text }) };
}
