import { currentTargetOf } from '#shared/domain/target.ts';
import type { Services } from './services.ts';
import { readFromLive } from '../log/guest.ts';

/** A person in an answer. The name is the id if the open target does not know the person. */
interface Person {
  id: string;
  name: string;
}

const namesQuery = 'SELECT id, name FROM profiles WHERE id IN (SELECT value FROM json_each(?))';

/**
 * Takes missing names of people from live: an open sandbox lacks profiles that were added to live later. Reads live only if a name is missing.
 * If live is unreadable or lacks the person, the id stays. `peopleOf` returns the people of the answer.
 */
export function withNamesFromLive<T>(
  { files, log }: Pick<Services, 'files' | 'log'>,
  answer: T,
  peopleOf: (answer: T) => readonly (Person | null | undefined)[],
): T {
  if (currentTargetOf(files.target).kind !== 'sandbox') return answer;
  const unknownPeople = peopleOf(answer).filter(
    (person) => person != null && person.name === person.id,
  ) as Person[];
  if (unknownPeople.length === 0) return answer;
  const ids = JSON.stringify([...new Set(unknownPeople.map(({ id }) => id))]);
  const people = readFromLive(files.folder, log, (live) => live.all<Person>(namesQuery, [ids])) ?? [];
  const nameById = new Map(people.map(({ id, name }) => [id, name]));
  for (const person of unknownPeople) person.name = nameById.get(person.id) ?? person.name;
  return answer;
}
