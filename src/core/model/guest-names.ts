import { homeOf } from '#shared/domain/target.ts';
import type { Services } from './services.ts';
import { readFromLive } from '../log/guest.ts';

/** A person as named in answers; by id if the open target does not know them. */
interface Person {
  id: string;
  name: string;
}

const names = 'SELECT id, name FROM profiles WHERE id IN (SELECT value FROM json_each(?))';

/**
 * The answer with people that the open sandbox does not know named as in live: a profile added to live later acts in an older sandbox as a
 * guest. Live is read only if a person is unknown; if it cannot be read or does not know them either, the id stays. `who` picks the people
 * of the answer.
 */
export function withGuests<T>(
  { files, log }: Pick<Services, 'files' | 'log'>,
  answer: T,
  who: (answer: T) => readonly (Person | null | undefined)[],
): T {
  if (homeOf(files.target).kind !== 'sandbox') return answer;
  const unknown = who(answer).filter((one) => one != null && one.name === one.id) as Person[];
  if (unknown.length === 0) return answer;
  const ids = JSON.stringify([...new Set(unknown.map(({ id }) => id))]);
  const found = readFromLive(files.folder, log, (live) => live.all<Person>(names, [ids])) ?? [];
  const known = new Map(found.map(({ id, name }) => [id, name]));
  for (const one of unknown) one.name = known.get(one.id) ?? one.name;
  return answer;
}
