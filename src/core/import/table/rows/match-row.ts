import type { SheetType } from '#shared/contract/sheets.ts';
import { isPlainValue, isSameIdentifier, provesIdentity } from '#shared/domain/identifiers.ts';
import type { ExistingRecord } from '../../planned-record.ts';
import type { Lookup } from '../../record-planner.ts';
import type { RowData } from './row-data.ts';
import type { VisibleRecords } from './visible-records.ts';

/** The record that a row creates or updates, or why it is ambiguous. */
export type Match =
  | { kind: 'new'; id: string | null }
  | { kind: 'same'; by: 'id' | 'name'; id: string; existing: ExistingRecord }
  | { kind: 'id_taken' | 'match_ambiguous' };

/** Finds a row's record: by id, else by name and university; links by their ends. */
export function matchRow(
  data: RowData,
  type: SheetType,
  sources: { lookup: Lookup; visible: VisibleRecords },
): Match {
  const { lookup, visible } = sources;
  if (data.id !== null) {
    const existing = lookup(data.id);
    if (!existing) return { kind: 'new', id: data.id };
    if (existing.type !== type) return { kind: 'id_taken' };
    return { kind: 'same', by: 'id', id: data.id, existing };
  }
  const contactId = type === 'contact' ? visible.contactId(data.fields) : undefined;
  const contact = contactId === undefined ? undefined : lookup(contactId);
  if (contactId !== undefined && contact) return { kind: 'same', by: 'id', id: contactId, existing: contact };
  const named = matchingIds(data, type, visible);
  const ids = named.length > 1 ? sharingIdentifier(data, named, lookup) : named;
  if (ids.length > 1) return { kind: 'match_ambiguous' };
  const [id] = ids;
  const existing = id === undefined ? undefined : lookup(id);
  return id === undefined || !existing
    ? { kind: 'new', id: null }
    : { kind: 'same', by: 'name', id, existing };
}

/** Of records with the row's name, the one that has its e-mail address or number; all of them if that does not tell. */
function sharingIdentifier(
  { customValues }: RowData,
  ids: readonly string[],
  lookup: Lookup,
): readonly string[] {
  const identifiers = Object.entries(customValues).filter(([, value]) => provesIdentity(value));
  const sharing = ids.filter((id) =>
    identifiers.some(([name, value]) => {
      const stored = lookup(id)?.payload[name];
      return isPlainValue(stored) && isPlainValue(value) && isSameIdentifier(stored, value);
    }),
  );
  return sharing.length === 1 ? sharing : ids;
}

function matchingIds(
  { fields, university, isTeamUniversity, writtenName }: RowData,
  type: SheetType,
  visible: VisibleRecords,
): readonly string[] {
  if (type === 'outcome') return [];
  if (type === 'interface') {
    return typeof fields.from === 'string' && typeof fields.to === 'string'
      ? visible.linkIds(fields.from, fields.to)
      : [];
  }
  if (typeof fields.name !== 'string') return [];
  const named = visible.recordsNamed([type], fields.name);
  // A record can have the name in the order of the table.
  const candidates =
    named.length > 0 || writtenName === null ? named : visible.recordsNamed([type], writtenName);
  if (type === 'university') return candidates.map(({ id }) => id);
  // A row without a university matches the only record of its name.
  const matches = candidates.filter(
    (one) =>
      one.university === university || ((university === null || isTeamUniversity) && candidates.length === 1),
  );
  // The table can say the university that the only record of the name has not.
  const [only] = candidates;
  if (matches.length === 0 && candidates.length === 1 && only?.university === null) return [only.id];
  return matches.map(({ id }) => id);
}
