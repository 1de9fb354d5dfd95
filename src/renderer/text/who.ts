import { say } from '../i18n/setup.ts';

interface Person {
  id: string;
  name: string;
}

/** Who did something, as the one who acts reads it: "you", or a name. `me` is the id of who acts. */
export function whoIs({ id, name }: Person, me: string | undefined): string {
  if (id === me) return say('common:you');
  // Its log came here with the records of a workspace that has other profiles.
  return name === id ? say('common:unknownPerson') : name;
}

/** As `whoIs`, with the name that others read: "you (Mira Castellano)". */
export function whoNamed(person: Person, me: string | undefined): string {
  if (person.id !== me || person.name === '') return whoIs(person, me);
  return say('common:youNamed', { name: person.name });
}
