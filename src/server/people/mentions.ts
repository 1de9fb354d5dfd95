import { isDeepStrictEqual } from 'node:util';
import type { JsonObject } from '#shared/domain/json.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { foldText } from '#shared/domain/fold.ts';
import { secondLetters } from '#shared/domain/name-pattern.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import { fieldsNamingPerson, isNamesake } from '#shared/domain/redaction.ts';
import { tableOf } from '#shared/domain/types.ts';
import { sharedTypes } from '#shared/sync/operation.ts';
import type { FieldConflict, SyncedType } from '#shared/sync/operation.ts';
import type { PulledConflict } from '#shared/contract/server/sync.ts';
import type { Sql } from '../db/database.ts';
import type { Person } from './person.ts';

/** Records other than the person's own, and operations, that name a person. */
export interface Mentions {
  /** By id. `fields` are those that name the person now; `rows` counts the rows of the history that name the person. */
  records: Map<string, { type: SyncedType; fields: string[]; rows: number; title: string }>;
  operations: NamingOperation[];
  namesakes: { type: string; id: string; title: string }[];
  ids: string[];
}

/** An operation that names the person, with its redacted params and conflicts. */
export interface NamingOperation {
  id: number;
  params: JsonObject;
  conflicts: PulledConflict[];
}

/** A character that is not ASCII, or the beginning of an encoded one. */
const otherCharacter = String.raw`(?:[^ -~]|[%&\\][0-9A-Za-z#;%&\\]*)`;
/** Two letters that are also written as one: "ß", "æ", "þ", ligatures. */
const letterPairs: ReadonlySet<string> = new Set('ss ae oe th ij dz lj nj ff fi fl st'.split(' '));

/**
 * Regular expressions of Postgres that match at least what `NamePattern` matches: the letters and digits of a term in order, each as it is
 * or as another character (an accented or encoded one).
 */
export const searchPatternsOf = (terms: readonly string[]): string[] => [
  ...new Set(terms.map((term) => searchPatternOf(term))),
];

function searchPatternOf(term: string): string {
  const units = Array.from(term.normalize('NFC')).flatMap((letter) => {
    const second = secondLetters[letter.toLowerCase()];
    const folded = Array.from(foldText(letter), (unit) => ({ unit, isOptional: false }));
    return second === undefined ? folded : [...folded, { unit: second, isOptional: true }];
  });
  return units
    .map(({ unit, isOptional }, index) => {
      if (!/[\p{L}\p{N}]/u.test(unit)) return '.*';
      const mayBeMissing = isOptional || letterPairs.has(`${units[index - 1]?.unit ?? ''}${unit}`);
      const letter = /[a-z0-9]/.test(unit) ? `(?:${unit}|${otherCharacter})` : otherCharacter;
      return `${letter}${mayBeMissing ? '?' : ''}${otherCharacter}*`;
    })
    .join('');
}

const namingCondition = (text: string): string =>
  `(${text} ~* ANY ($1::text[]) OR position($2 in ${text}) > 0)`;
const usersQuery = 'SELECT id, name FROM users WHERE deleted_at IS NULL';
const idsQuery = 'SELECT id FROM record_ids WHERE id ~* ANY ($1::text[])';
const rowsQuery = `SELECT entity_type AS type, entity_id AS id, payload_before AS before, payload_after AS after FROM audit_logs
  WHERE entity_type <> 'profile' AND entity_id <> $3
    AND (payload_before::text ~* ANY ($1::text[]) OR payload_after::text ~* ANY ($1::text[])
      OR (entity_type = 'shared-sandbox' AND (${namingCondition('payload_before::text')} OR ${namingCondition('payload_after::text')}))) ORDER BY id`;
const operationsQuery = `SELECT id, params, conflicts FROM audit_transactions
  WHERE params::text ~* ANY ($1::text[]) OR conflicts::text ~* ANY ($1::text[]) OR conflicts @> $2::jsonb ORDER BY id`;

export async function findMentions(sql: Sql, person: Person, pattern: NamePattern): Promise<Mentions> {
  const { id, terms } = person;
  const searchPatterns = searchPatternsOf(terms);
  const quotedId = JSON.stringify(id);
  const records: Mentions['records'] = new Map();
  const namesakes: Mentions['namesakes'] = [];
  for (const type of sharedTypes) {
    const condition =
      type === 'shared-sandbox' ? namingCondition('payload::text') : 'payload::text ~* ANY ($1::text[])';
    const values = type === 'shared-sandbox' ? [searchPatterns, quotedId, id] : [searchPatterns, id];
    const matches = await sql.all<{ id: string; payload: JsonObject }>(
      `SELECT id, payload FROM ${tableOf[type]} WHERE ${condition} AND id <> $${values.length} ORDER BY id`,
      values,
    );
    for (const { id: recordId, payload } of matches) {
      const title = typeof payload.name === 'string' ? payload.name : recordId;
      if (isNamesake(type, payload, pattern)) namesakes.push({ type, id: recordId, title });
      const fields = fieldsNamingPerson(type, payload, person, pattern);
      if (fields.length > 0) records.set(recordId, { type, fields, rows: 0, title });
    }
  }
  const rows = await sql.all<{
    type: SyncedType;
    id: string;
    before: JsonObject | null;
    after: JsonObject | null;
  }>(rowsQuery, [searchPatterns, quotedId, id]);
  for (const { type, id: recordId, before, after } of rows) {
    const hasMention = [before, after].some(
      (side) => side !== null && fieldsNamingPerson(type, side, person, pattern).length > 0,
    );
    if (!hasMention) continue;
    const mention = records.get(recordId) ?? { type, fields: [], rows: 0, title: recordId };
    records.set(recordId, { ...mention, rows: mention.rows + 1 });
  }
  for (const { id: userId, name } of await sql.all<{ id: string; name: string }>(usersQuery))
    if (isNamesake('student', { name }, pattern))
      namesakes.push({ type: 'profile', id: userId, title: name });
  const ids = (await sql.all<{ id: string }>(idsQuery, [searchPatterns])).map((row) => row.id);
  return {
    records,
    operations: await findOperations(sql, person, pattern),
    namesakes,
    ids: ids.filter((recordId) => pattern.hasMatch(recordId)),
  };
}

/** Finds operations that name the person, each already redacted. Without terms, only conflicts of the person's own record. */
export async function findOperations(
  sql: Sql,
  { id, terms }: Pick<Person, 'id' | 'terms'>,
  pattern: NamePattern,
): Promise<NamingOperation[]> {
  const rows = await sql.all<NamingOperation>(operationsQuery, [
    searchPatternsOf(terms),
    JSON.stringify([{ id }]),
  ]);
  return rows.flatMap(({ id: number, params, conflicts }) => {
    const redactedOperation = {
      id: number,
      params: pattern.redactJson(params),
      conflicts: conflicts
        .filter((conflict) => conflict.id !== id)
        .map((conflict) => ({
          ...conflict,
          lost: redactSide(conflict, 'lost', pattern),
          won: redactSide(conflict, 'won', pattern),
        })),
    };
    const isUnchanged =
      jsonEqual(redactedOperation.params, params) &&
      isDeepStrictEqual(redactedOperation.conflicts, conflicts);
    return isUnchanged ? [] : [redactedOperation];
  });
}

/** Redacts a conflicting value like the field that it belongs to. */
function redactSide(
  { type, field, ...sides }: PulledConflict,
  sideName: 'lost' | 'won',
  pattern: NamePattern,
): FieldConflict['lost'] {
  const side = sides[sideName] as FieldConflict['lost'];
  return side === null ? null : { value: pattern.redact(type, { [field]: side.value })[field] ?? null };
}
