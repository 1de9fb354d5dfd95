import { combineKey, drawUniform, purpose } from './keyed-draws.ts';
import { addNewcomer } from './newcomers.ts';
import type { State, Structure } from './organisation.ts';
import { fillRelations, formTeamTies, updateTies } from './ties.ts';

const earlyLeaveChance = 0.02;
const leastTeamSize = 3;
/** The chance a term that a missing pair of a relation is found. */
const newPairChance = 0.4;
const outdatedShare = 0.1;
const expertLevel = 0.35;

/** Takes a person out: ties vanish, what they knew goes with them, and others keep the habit of asking for a while. */
export function removePerson(
  structure: Structure,
  state: State,
  { place, earliest, termKey }: { place: number; earliest: number; termKey: number },
): void {
  const { places } = structure;
  const vacancyKey = combineKey(termKey, purpose.vacancy);
  state.present[place] = 0;
  state.arrival[place] = earliest + (drawUniform(vacancyKey, place) < 0.5 ? 0 : 1);
  for (let other = 0; other < places; other++)
    for (const cell of [place * places + other, other * places + place]) {
      state.habit[cell] = 0.8 * (state.tie[cell] as number);
      state.tie[cell] = 0;
      state.baseTie[cell] = 0;
      state.asked[cell] = 0;
      state.askedBefore[cell] = 0;
    }
}

/** People approach their targets, faster with a colleague who knows more, and forget what they do not work on. */
function learnAndForget(structure: Structure, state: State): void {
  const { topics, placesOf } = structure;
  const best = new Float32Array(topics);
  for (const members of placesOf) {
    best.fill(0);
    for (const place of members) {
      if (state.present[place] === 0) continue;
      for (let topic = 0; topic < topics; topic++) {
        const level = state.level[place * topics + topic] as number;
        if (level > (best[topic] as number)) best[topic] = level;
      }
    }
    for (const place of members) {
      if (state.present[place] === 0) continue;
      for (let topic = 0; topic < topics; topic++) {
        const cell = place * topics + topic;
        const level = state.level[cell] as number;
        const target = state.target[cell] as number;
        if (level > target) state.level[cell] = level - 0.08 * (level - target);
        else if (level < target) {
          const alone = 0.15 * (target - level);
          const taught = 0.45 * (Math.min(target, best[topic] as number) - level);
          state.level[cell] = level + Math.max(alone, taught);
        }
      }
    }
  }
}

/** A team topic that nobody develops any more is given to a member, who starts with what that member knows. */
export function assignTopics(structure: Structure, state: State, termKey: number): void {
  const { topics, homes, placesOf } = structure;
  const key = combineKey(termKey, purpose.owner);
  for (let topic = 0; topic < topics; topic++) {
    const home = homes[topic] as number;
    if (home === -1) continue;
    const topicKey = combineKey(key, topic);
    let owner = -1;
    let least = Infinity;
    let isDeveloped = false;
    for (const place of placesOf[home] as number[]) {
      if (state.present[place] === 0) continue;
      if ((state.target[place * topics + topic] as number) >= expertLevel) isDeveloped = true;
      const time = drawUniform(topicKey, place) / (1 + Math.min(3, state.tenure[place] as number));
      if (time >= least) continue;
      least = time;
      owner = place;
    }
    if (isDeveloped || owner === -1) continue;
    state.target[owner * topics + topic] = 0.65 + 0.3 * drawUniform(topicKey, -1);
  }
}

/** The present member with the longest stay leads, and remains lead. */
export function chooseLeads(structure: Structure, state: State): void {
  for (const [team, members] of structure.placesOf.entries()) {
    const lead = state.leads[team] as number;
    if (lead !== -1 && state.present[lead] === 1) continue;
    let next = -1;
    for (const place of members)
      if (state.present[place] === 1 && (next === -1 || state.tenure[place]! > state.tenure[next]!))
        next = place;
    state.leads[team] = next;
  }
}

function leaveAndArrive(structure: Structure, state: State, termKey: number): void {
  const { places, placesOf } = structure;
  const earlyKey = combineKey(termKey, purpose.earlyLeave);
  const next = state.term + 1;
  for (let place = 0; place < places; place++) {
    if (state.present[place] === 0) continue;
    state.tenure[place]! += 1;
    state.termsLeft[place]! -= 1;
    if (state.termsLeft[place]! > 0 && drawUniform(earlyKey, place) >= earlyLeaveChance) continue;
    removePerson(structure, state, { place, earliest: next, termKey });
  }
  state.term = next;
  for (const members of placesOf) {
    let size = members.filter((place) => state.present[place] === 1).length;
    for (const place of members) {
      const arrival = state.arrival[place] as number;
      // A team that shrank too far finds newcomers at once.
      if (arrival === -1 || (arrival > next && size >= leastTeamSize)) continue;
      addNewcomer(structure, state, place, termKey);
      size += 1;
    }
  }
}

/** Everything that happens between two terms. */
export function endTerm(structure: Structure, state: State, termKey: number): void {
  updateTies(structure, state);
  learnAndForget(structure, state);
  for (let topic = 0; topic < structure.topics; topic++) state.documents[topic]! *= 1 - outdatedShare;
  state.askedBefore.set(state.asked);
  state.asked.fill(0);
  leaveAndArrive(structure, state, termKey);
  chooseLeads(structure, state);
  assignTopics(structure, state, termKey);
  formTeamTies(structure, state, termKey);
  fillRelations(structure, state, { termKey, chance: newPairChance });
}
