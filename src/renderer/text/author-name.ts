import { say } from '../i18n/setup.ts';

interface Person {
  id: string;
  name: string;
  /** The agent that acted for the person. */
  agent?: string | undefined;
}

/** The author for the current actor: "you", a name, or "Claude for Ada". `me` is the actor's id. */
export function authorName({ agent, ...person }: Person, me: string | undefined): string {
  return withAgent(agent, personName(person, me));
}

function personName({ id, name }: Person, me: string | undefined): string {
  if (id === me) return say('common:you');
  // The log came from a workspace with other profiles.
  return name === id ? say(id.startsWith('hook:') ? 'common:webhook' : 'common:unknownPerson') : name;
}

/** Like `authorName`, with the name that others see: "you (Mira Castellano)". */
export function authorFullName({ agent, ...person }: Person, me: string | undefined): string {
  const isMe = person.id === me && person.name !== '';
  const who = isMe ? say('common:youNamed', { name: person.name }) : personName(person, me);
  return withAgent(agent, who);
}

const withAgent = (agent: string | undefined, who: string): string =>
  agent === undefined ? who : say('common:agentFor', { agent, who });
