import type { CodeMap } from '#shared/contract/code-maps.ts';
import { textIn } from '#shared/domain/json.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { parsePayload } from '../log/audit/undo-effect.ts';
import { accountKeyOf } from './account-keys.ts';

type PersonType = 'student' | 'faculty';

export interface KnownPerson {
  id: string;
  type: PersonType;
  name: string;
  /** False for a person who left or was deleted. */
  isPresent: boolean;
  /** Terms left of a student; null if unknown. */
  terms: number | null;
  /** Keys of the person's accounts: of the field of that name, and of addresses in other fields. */
  accounts: readonly string[];
}

const addressPattern = /^[^\s@,;]+@[^\s@,;]+\.[^\s@,;]+$/;

/** The accounts that a person states: addresses, handles and names. */
function accountTexts(payload: JsonObject): string[] {
  const { accounts, ...others } = payload;
  const stated = typeof accounts === 'string' ? accounts.split(/[,;\n]/) : [];
  const addresses = Object.values(others).filter(
    (value): value is string => typeof value === 'string' && addressPattern.test(value.trim()),
  );
  return [...stated, ...addresses].map((text) => text.trim()).filter((text) => text !== '');
}

/**
 * Everyone who can be an author of a repository, also people who left or were deleted. The repository's id is the secret of account keys, so
 * that they are the same on all computers.
 */
export function readPeople(db: ReadHandle, repository: string): KnownPerson[] {
  return (['student', 'faculty'] as const).flatMap((type) =>
    db
      .all<{ id: string; payload: string; present: number }>(
        `SELECT id, payload, (${visibleCondition()}) AS present FROM ${tableOf[type]} ORDER BY id`,
      )
      .map(({ id, payload: text, present }) => {
        const payload = parsePayload(text);
        const accounts = accountTexts(payload).map((account) => accountKeyOf(repository, account));
        const { terms_remaining: terms } = payload;
        return {
          id,
          type,
          name: textIn(payload['name']),
          isPresent: present === 1 && payload['active'] !== false,
          terms: typeof terms === 'number' ? terms : null,
          accounts,
        };
      }),
  );
}

/** A person who could be an author with the same full name; nobody has said so yet. */
export interface AccountProposal {
  author: number;
  person: KnownPerson;
}

export interface MatchedAuthors {
  /** The person of each author; null for an unknown one, a program and a shared account. */
  people: readonly (KnownPerson | null)[];
  proposals: readonly AccountProposal[];
}

/** Finds the people of the authors of a repository's map by their accounts. Those with an equal full name are only proposed. */
export function matchAuthors(db: ReadHandle, repository: string, { authors }: CodeMap): MatchedAuthors {
  const known = readPeople(db, repository);
  const byAccount = new Map(known.flatMap((person) => person.accounts.map((key) => [key, person] as const)));
  const byName = Map.groupBy(
    known.filter(({ name, isPresent }) => isPresent && name.trim().includes(' ')),
    ({ name }) => accountKeyOf(repository, name),
  );
  const people = authors.map(({ accounts, is_bot, is_shared }) =>
    is_bot || is_shared ? null : (accounts.map((key) => byAccount.get(key)).find((person) => person) ?? null),
  );
  const proposals = authors.flatMap(({ accounts, is_bot, is_shared }, author): AccountProposal[] => {
    if (is_bot || is_shared || people[author]) return [];
    const candidates = new Set(accounts.flatMap((key) => byName.get(key) ?? []));
    const [person] = candidates;
    return candidates.size === 1 && person ? [{ author, person }] : [];
  });
  return { people, proposals };
}
