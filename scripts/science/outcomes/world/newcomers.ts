import { combineKey, drawUniform, purpose, toNormal } from './keyed-draws.ts';
import type { State, Structure } from './organisation.ts';

const cohortLength = 6;

/** Terms until the next cohort of the team leaves that is at least `least` terms away. */
function termsToCohortEnd(cohortEnd: number, term: number, least: number): number {
  const rest = (((cohortEnd - term) % cohortLength) + cohortLength) % cohortLength;
  return rest + 1 < least ? rest + 1 + cohortLength : rest + 1;
}

function drawTerms(structure: Structure, state: State, place: number, key: number): number {
  const cohortEnd = structure.cohortEnds[structure.teamOf[place] as number] as number;
  if (cohortEnd >= 0 && drawUniform(key, 1) < 0.75)
    return Math.min(8, termsToCohortEnd(cohortEnd, state.term, 3));
  return 3 + Math.floor(drawUniform(key, 2) * 6);
}

/** The levels a person works towards. Ability makes some know more topics, and each of them more deeply. */
function drawTargets(structure: Structure, state: State, place: number, key: number): void {
  const { topics, homes, soleTopics, distances, teamOf } = structure;
  const team = teamOf[place] as number;
  const teams = structure.demand.length;
  const ability = drawUniform(key, 3);
  for (let topic = 0; topic < topics; topic++) {
    const home = homes[topic] as number;
    const distance = home === -1 ? -1 : (distances[team * teams + home] as number);
    let chance = 0;
    if (distance === -1) chance = 0.12;
    else if (distance === 0) chance = soleTopics[topic] === 1 ? 0 : 0.35 + 0.5 * ability;
    else if (home === state.secondTeam[place]) chance = 0.5;
    else if (distance === 1) chance = 0.05;
    const topicKey = combineKey(key, 100 + topic);
    const isOutside = distance > 0;
    let target = 0;
    if (drawUniform(topicKey, 0) < chance)
      target = (isOutside ? 0.2 : 0.4) + (0.3 + 0.3 * ability) * drawUniform(topicKey, 1);
    else if (distance === 0) target = 0.25 * drawUniform(topicKey, 2);
    state.target[place * topics + topic] = target;
  }
}

/** Puts a newcomer on an empty place, with a quarter of the knowledge the person works towards. */
export function addNewcomer(structure: Structure, state: State, place: number, termKey: number): void {
  const key = combineKey(combineKey(termKey, purpose.newcomer), place);
  const team = structure.teamOf[place] as number;
  const teams = structure.demand.length;
  state.present[place] = 1;
  state.arrival[place] = -1;
  state.tenure[place] = 0;
  state.termsLeft[place] = drawTerms(structure, state, place, key);
  state.outgoing[place] = Math.exp(
    (structure.kind === 'brokers' ? 1.1 : 0.9) * toNormal(drawUniform(key, 4), drawUniform(key, 5)),
  );
  state.capacity[place] = 16 + 10 * drawUniform(key, 6);
  state.secondTeam[place] = -1;
  if (drawUniform(key, 7) < 0.06) {
    const other = Math.floor(drawUniform(key, 8) * teams);
    if (structure.relationOf[team * teams + other] !== -1) state.secondTeam[place] = other;
  }
  drawTargets(structure, state, place, key);
  const start = place * structure.topics;
  for (let cell = start; cell < start + structure.topics; cell++)
    state.level[cell] = 0.25 * (state.target[cell] as number);
}
