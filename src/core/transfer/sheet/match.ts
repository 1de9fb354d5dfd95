import type { SheetChoices, SheetType } from '#shared/contract/sheets.ts';
import type { Existing, Lookup } from '../claims.ts';
import type { Present } from './present.ts';
import type { ReadRow } from './row.ts';

/** What a row is to the workspace. */
export type Match =
  | { kind: 'new'; id: string | null }
  | { kind: 'same'; by: 'id' | 'name'; id: string; existing: Existing }
  /** Its id belongs to a record of another type, or several records have its name. */
  | { kind: 'id_taken' | 'match_ambiguous' };

/** Finds the record that a row is about: the one of its id, else the one of its name and university; for links, of its ends. */
export function matchRow(
  read: ReadRow,
  type: SheetType,
  sources: { lookup: Lookup; present: Present },
): Match {
  const { lookup, present } = sources;
  if (read.id !== null) {
    const existing = lookup(read.id);
    if (!existing) return { kind: 'new', id: read.id };
    if (existing.type !== type) return { kind: 'id_taken' };
    return { kind: 'same', by: 'id', id: read.id, existing };
  }
  const ids = sameName(read, type, present);
  if (ids.length > 1) return { kind: 'match_ambiguous' };
  const [id] = ids;
  const existing = id === undefined ? undefined : lookup(id);
  return id === undefined || !existing
    ? { kind: 'new', id: null }
    : { kind: 'same', by: 'name', id, existing };
}

function sameName(
  { fields, university, ofTeam }: ReadRow,
  type: SheetType,
  present: Present,
): readonly string[] {
  if (type === 'outcome') return [];
  if (type === 'interface') {
    return typeof fields.from === 'string' && typeof fields.to === 'string'
      ? present.links(fields.from, fields.to)
      : [];
  }
  if (typeof fields.name !== 'string') return [];
  const called = present.called([type], fields.name);
  if (type === 'university') return called.map(({ id }) => id);
  // A row that names no university means the only record of its name.
  const fitting = called.filter(
    (one) => one.university === university || ((university === null || ofTeam) && called.length === 1),
  );
  return fitting.map(({ id }) => id);
}

/** What is done with a row whose record is here already; null while nobody has decided. */
export function decided(
  matching: SheetChoices['matching'],
  by: 'id' | 'name',
): 'update' | 'skip' | 'create' | null {
  if (matching !== 'ask') return matching;
  return by === 'id' ? 'update' : null;
}
