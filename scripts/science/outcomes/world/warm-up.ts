import { combineKey, drawUniform, purpose } from './keyed-draws.ts';
import { createNeedSource } from './needs.ts';
import { addNewcomer } from './newcomers.ts';
import { createState } from './organisation.ts';
import type { State, Structure } from './organisation.ts';
import { refreshHints, RequestRunner } from './requests.ts';
import { fillRelations, formTeamTies } from './ties.ts';
import { assignTopics, chooseLeads, endTerm } from './turnover.ts';

const warmUpTerms = 12;
const fillRounds = 12;

/** People the first term starts with: some new, some long there, all of them trained. */
function populate(structure: Structure, state: State, key: number): void {
  const spare = new Set(structure.sparePlaces);
  for (let place = 0; place < structure.places; place++) {
    if (spare.has(place)) continue;
    addNewcomer(structure, state, place, key);
    state.tenure[place] = Math.floor(6 * drawUniform(key, place));
    if (structure.cohortEnds[structure.teamOf[place] as number] === -1)
      state.termsLeft[place] = 1 + Math.floor(8 * drawUniform(key, structure.places + place));
  }
  chooseLeads(structure, state);
  assignTopics(structure, state, key);
  state.level.set(state.target);
  const tenure = state.tenure.slice();
  state.tenure.fill(0);
  for (let round = 0; round < 3; round++) formTeamTies(structure, state, combineKey(key, round));
  state.tenure.set(tenure);
  for (let round = 0; round < fillRounds; round++)
    fillRelations(structure, state, { termKey: combineKey(key, round), chance: 1 });
}

/** Runs an organisation for some terms, so that documents, ties and turnover are those of a running programme. */
export function warmUp(structure: Structure): State {
  const state = createState(structure.places, structure.demand.length, structure.topics);
  const key = combineKey(structure.seed, purpose.warmUp);
  populate(structure, state, key);
  const runner = new RequestRunner(structure);
  const drawNeeds = createNeedSource(structure);
  const met = new Float64Array(structure.places);
  for (let term = 0; term < warmUpTerms; term++) {
    const termKey = combineKey(key, 1000 + term);
    refreshHints(structure, state);
    runner.meetNeeds(state, drawNeeds(termKey), met);
    endTerm(structure, state, termKey);
  }
  return state;
}
