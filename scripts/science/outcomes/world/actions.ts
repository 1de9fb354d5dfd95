import { setTie } from './organisation.ts';
import type { State, Structure } from './organisation.ts';

/** A measure taken in the term before a departure. People and teams are numbers; see `AgentWorld`. */
export type Action =
  /** The leaver writes a handover: about the topics of two related teams, or about everything. */
  | { kind: 'document'; leaver: number; teams?: readonly [number, number] }
  /** Two people get to know each other. */
  | { kind: 'pair'; first: number; second: number }
  /** One person takes over the ties that the leaver has outside the team. */
  | { kind: 'standIn'; leaver: number; standIn: number }
  /** A person learns a topic from the leaver. */
  | { kind: 'secondHolder'; leaver: number; person: number; topic: number }
  /** A team gets an additional member, who stays. */
  | { kind: 'stay'; team: number };

/** The share of questions that a handover of somebody who knows everything about a topic answers. */
const handoverShare = 0.45;
const handoverLeast = 0.3;
/** How much of the difference to the leaver a second holder learns in a term. */
const secondHolderShare = 0.6;
/** Time that a stand-in or a second holder has less for requests. */
const trainingHours = 2;

function document(
  structure: Structure,
  state: State,
  { leaver, teams }: Action & { kind: 'document' },
): void {
  const { topics, homes } = structure;
  for (let topic = 0; topic < topics; topic++) {
    if (teams !== undefined && !teams.includes(homes[topic] as number)) continue;
    const level = state.level[leaver * topics + topic] as number;
    if (level < handoverLeast) continue;
    // Documents about one topic overlap, so that many handovers answer little more than the best of them.
    state.documents[topic] = Math.max(state.documents[topic] as number, handoverShare * level);
  }
}

function pair(structure: Structure, state: State, { first, second }: Action & { kind: 'pair' }): void {
  const { places, teamOf, relations, relationOf, demand } = structure;
  const firstTeam = teamOf[first] as number;
  const relation = relations[relationOf[firstTeam * demand.length + (teamOf[second] as number)] as number];
  const cell = first * places + second;
  setTie(state, first, second, {
    frequency: Math.max(1.5, state.tie[cell] as number),
    grip: Math.max(0.85 * (1 - (relation?.loss ?? 0.35)), state.grip[cell] as number),
  });
}

function standIn(structure: Structure, state: State, action: Action & { kind: 'standIn' }): void {
  const { places, teamOf } = structure;
  const { leaver, standIn } = action;
  for (let other = 0; other < places; other++) {
    const cell = leaver * places + other;
    const frequency = 0.7 * (state.tie[cell] as number);
    if (frequency === 0 || teamOf[other] === teamOf[leaver] || other === standIn) continue;
    const present = standIn * places + other;
    setTie(state, standIn, other, {
      frequency: Math.max(frequency, state.tie[present] as number),
      grip: Math.max(0.85 * (state.grip[cell] as number), state.grip[present] as number),
    });
  }
  state.capacity[standIn]! -= trainingHours;
}

function addMember(structure: Structure, state: State, team: number): void {
  const { topics, homes } = structure;
  const place = structure.sparePlaces[team] as number;
  if (state.present[place] === 1) return;
  const members = (structure.placesOf[team] as number[]).filter((member) => state.present[member] === 1);
  state.present[place] = 1;
  state.termsLeft[place] = 8;
  state.tenure[place] = 1;
  state.outgoing[place] = 1;
  state.capacity[place] = 20;
  for (let topic = 0; topic < topics; topic++) {
    if (homes[topic] !== team) continue;
    const best = Math.max(0, ...members.map((member) => state.level[member * topics + topic] as number));
    state.level[place * topics + topic] = 0.6 * best;
    state.target[place * topics + topic] = 0.8 * best;
  }
  for (const member of members) setTie(state, place, member, { frequency: 1.2, grip: 0.85 });
}

/** Applies an action to a state. Leavers must still be there. */
export function applyAction(structure: Structure, state: State, action: Action): void {
  switch (action.kind) {
    case 'document':
      return document(structure, state, action);
    case 'pair':
      return pair(structure, state, action);
    case 'standIn':
      return standIn(structure, state, action);
    case 'secondHolder': {
      const { leaver, person, topic } = action;
      const own = person * structure.topics + topic;
      const gap = (state.level[leaver * structure.topics + topic] as number) - (state.level[own] as number);
      if (gap > 0) state.level[own]! += secondHolderShare * gap;
      if ((state.target[own] as number) < (state.level[own] as number))
        state.target[own] = state.level[own] as number;
      state.capacity[person]! -= trainingHours;
      return;
    }
    case 'stay':
      return addMember(structure, state, action.team);
    default:
      throw new Error(`Unknown action: ${JSON.stringify(action satisfies never)}`);
  }
}
