import { homeOf } from '#shared/domain/target.ts';
import type { Services } from './services.ts';
import { readFromLive } from '../log/guest.ts';

/** Somebody as answers name them: called by their id where what is open does not know them. */
interface Person {
  id: string;
  name: string;
}

const names = 'SELECT id, name FROM profiles WHERE id IN (SELECT value FROM json_each(?))';

/**
 * The answer, in which whom the sandbox that is open does not know is called what live calls them: who was made in live after it was taken
 * acts in it as a guest, and who made one of a golden version need not be in it. Live is asked only where somebody is unknown; where it
 * cannot be read, or does not know them either, they stay as they are. `who` picks the people of the answer.
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
