import { say } from '../i18n/setup.ts';

interface Person {
  id: string;
  name: string;
  /** The agent that acted for the person. */
  agent?: string | undefined;
}

/** The author for the current actor: "you", a name, or "Claude for Ada". `me` is the actor's id. */
export function whoIs({ agent, ...person }: Person, me: string | undefined): string {
  return byAgent(agent, personIs(person, me));
}

function personIs({ id, name }: Person, me: string | undefined): string {
  if (id === me) return say('common:you');
  // The log came from a workspace with other profiles.
  return name === id ? say('common:unknownPerson') : name;
}

/** Like `whoIs`, with the name that others see: "you (Mira Castellano)". */
export function whoNamed({ agent, ...person }: Person, me: string | undefined): string {
  const isMe = person.id === me && person.name !== '';
  const who = isMe ? say('common:youNamed', { name: person.name }) : personIs(person, me);
  return byAgent(agent, who);
}

const byAgent = (agent: string | undefined, who: string): string =>
  agent === undefined ? who : say('common:agentFor', { agent, who });
