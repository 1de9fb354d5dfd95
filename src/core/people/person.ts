import type { Person } from '#shared/contract/people.ts';
import { Fault } from '#shared/contract/faults.ts';
import { erasedText, isErased } from '#shared/domain/erased.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { sameName } from '#shared/domain/same-name.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { parse } from '../log/audit/effect.ts';
import { locateIn } from '../log/records/locate.ts';
import { readUniversity } from '../model/titles.ts';

export const personTypes = ['student', 'faculty', 'profile'] as const;
export type PersonType = (typeof personTypes)[number];

const named = (type: PersonType): string => `SELECT id, name FROM ${tableOf[type]} WHERE name IS NOT NULL`;
const history = `SELECT payload_before AS before, payload_after AS after FROM audit_logs WHERE entity_id = ? ORDER BY id`;

/**
 * The person with that id or name, deleted or not; a student or member of faculty rather than a profile of the same name. Null where there is none.
 * Throws INVALID, naming the ids, where several people have the name.
 */
export function findPerson(db: ReadHandle, wanted: string): Person | null {
  for (const type of personTypes) if (locateIn(db, type, wanted)) return readPerson(db, type, wanted);
  for (const types of [['student', 'faculty'], ['profile']] as const) {
    const found = types.flatMap((type) =>
      db.all<{ id: string; name: string }>(named(type)).flatMap(({ id, name }) => {
        return sameName(name, wanted) ? [{ type, id }] : [];
      }),
    );
    if (found.length > 1) throw ambiguous(wanted, found);
    if (found[0]) return readPerson(db, found[0].type, found[0].id);
  }
  return null;
}

function ambiguous(wanted: string, found: readonly { type: string; id: string }[]): Fault<'INVALID'> {
  const ids = found.map(({ id }) => id).join(', ');
  const message = `${found.length} people are named "${wanted}". Use one of these ids: ${ids}.`;
  return new Fault('INVALID', message, { issues: [{ path: 'person', code: 'ambiguous', message }] });
}

function readPerson(db: ReadHandle, type: PersonType, id: string): Person {
  const { payload, deleted } = locateIn(db, type, id) as { payload: JsonObject; deleted: boolean };
  const name = typeof payload.name === 'string' ? payload.name : id;
  const state = isErased(payload) ? 'erased' : deleted ? 'deleted' : 'present';
  const university = readUniversity(db, { type, id, payload });
  return { type, id, name, terms: termsOf(db, id), university, state };
}

/** The names that a record ever had, and the e-mail addresses in it: the longest first, so that a name goes before a part of it. */
export function termsOf(db: ReadHandle, id: string): string[] {
  const terms = new Set<string>();
  for (const { before, after } of db.all<{ before: string | null; after: string | null }>(history, [id])) {
    for (const payload of [parse(before), parse(after)]) {
      if (typeof payload.name === 'string') for (const name of spellingsOf(payload.name)) terms.add(name);
      for (const address of addressesIn(payload)) terms.add(address);
    }
  }
  terms.delete(erasedText);
  return [...terms].toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1));
}

/** A name as it stands, and "Last, First". A single letter is no name to search for. */
function spellingsOf(name: string): string[] {
  const words = name.trim().split(/\s+/u);
  const plain = words.join(' ');
  if (plain.length < 2) return [];
  return words.length === 2 && !plain.includes(',') ? [plain, `${words[1]}, ${words[0]}`] : [plain];
}

const address = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;

function addressesIn(value: Json): string[] {
  if (typeof value === 'string') return value.match(address) ?? [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap((part) => (part === undefined ? [] : addressesIn(part)));
}

/** The person as several files know them: all terms of all of them. */
export function withTerms(person: Person, more: readonly string[]): Person {
  const terms = [...new Set([...person.terms, ...more])];
  return { ...person, terms: terms.toSorted((a, b) => b.length - a.length || (a < b ? -1 : 1)) };
}
