import { invalidFault } from '../model/validate.ts';
import { ambiguousIssue } from '#shared/texts/issues.ts';
import type { Person } from '#shared/contract/people.ts';
import { isErased } from '#shared/domain/erased.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { personKey } from '#shared/domain/person-name.ts';
import { sortTerms, termsIn } from '#shared/domain/person-terms.ts';
import { isSameName } from '#shared/domain/same-name.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { locateIn } from '../log/records/locate.ts';
import { readUniversityTitle } from '../model/titles.ts';

export const personTypes = ['student', 'faculty', 'profile'] as const;
export type PersonType = (typeof personTypes)[number];

const namesSql = (type: PersonType): string => `SELECT id, name FROM ${tableOf[type]} WHERE name IS NOT NULL`;
const historySql = `SELECT payload_before AS before, payload_after AS after FROM audit_logs WHERE entity_id = ? ORDER BY id`;

/** How a name is compared: exactly, or ignoring case, titles and the order "Last, First". */
export type Spelling = 'exact' | 'any';

/** The person with an id or name, deleted or not; null if none. Throws INVALID with the ids if several have the name. */
export function findPerson(db: ReadHandle, idOrName: string, spelling: Spelling = 'exact'): Person | null {
  for (const type of personTypes) if (locateIn(db, type, idOrName)) return readPerson(db, type, idOrName);
  const key = personKey(idOrName);
  const hasName = (name: string): boolean =>
    spelling === 'exact' ? isSameName(name, idOrName) : personKey(name) === key;
  for (const types of [['student', 'faculty'], ['profile']] as const) {
    const matches = types.flatMap((type) =>
      db
        .all<{ id: string; name: string }>(namesSql(type))
        .flatMap(({ id, name }) => (hasName(name) ? [{ type, id }] : [])),
    );
    if (matches.length > 1) throw invalidFault([ambiguousIssue('person', matches)]);
    if (matches[0]) return readPerson(db, matches[0].type, matches[0].id);
  }
  return null;
}

function readPerson(db: ReadHandle, type: PersonType, id: string): Person {
  const { payload, deleted } = locateIn(db, type, id) as { payload: JsonObject; deleted: boolean };
  const name = typeof payload.name === 'string' ? payload.name : id;
  const state = isErased(payload) ? 'erased' : deleted ? 'deleted' : 'present';
  const university = readUniversityTitle(db, { type, id, payload });
  return { type, id, name, terms: termsOf(db, id), university, state };
}

/** All names that a record ever had, and all e-mail addresses. */
export const termsOf = (db: ReadHandle, id: string): string[] =>
  termsIn(
    db
      .all<{ before: string | null; after: string | null }>(historySql, [id])
      .flatMap(({ before, after }) => [parsePayload(before), parsePayload(after)]),
  );

export const withTerms = (person: Person, moreTerms: readonly string[]): Person => ({
  ...person,
  terms: sortTerms([...person.terms, ...moreTerms]),
});
