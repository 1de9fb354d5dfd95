import { combineKey, drawUniform, purpose } from './keyed-draws.ts';
import { setTie } from './organisation.ts';
import type { Relation, State, Structure } from './organisation.ts';

const noTie = 0;

/** Newcomers get to know their team within about three terms, the lead at once. */
export function formTeamTies(structure: Structure, state: State, termKey: number): void {
  const { places, teamOf, placesOf } = structure;
  const key = combineKey(termKey, purpose.teamTie);
  for (let place = 0; place < places; place++) {
    if (state.present[place] === 0 || (state.tenure[place] as number) > 2) continue;
    const team = teamOf[place] as number;
    const second = state.secondTeam[place] as number;
    for (const joined of second === -1 ? [team] : [team, second])
      for (const other of placesOf[joined] as number[]) {
        const cell = place * places + other;
        if (other === place || state.present[other] === 0 || state.tie[cell] !== noTie) continue;
        const isLead = joined === team && state.leads[team] === other;
        const tieKey = combineKey(key, Math.min(place, other) * places + Math.max(place, other));
        if (!isLead && drawUniform(tieKey, 0) >= (joined === team ? 0.5 : 0.3)) continue;
        setTie(state, place, other, {
          frequency: 0.6 + 1.4 * drawUniform(tieKey, 1),
          grip: 0.8 + 0.15 * drawUniform(tieKey, 2),
        });
      }
  }
}

/** The person of a team who makes the next contact outside: mostly the same few. */
function drawCarrier(structure: Structure, state: State, team: number, key: number): number {
  let carrier = -1;
  let least = Infinity;
  for (const place of structure.placesOf[team] as number[]) {
    if (state.present[place] === 0) continue;
    const standing =
      (state.leads[team] === place ? 1.5 : 1) * (1 + Math.min(3, state.tenure[place] as number));
    const time = -Math.log(1 - drawUniform(key, place)) / ((state.outgoing[place] as number) * standing);
    if (time >= least) continue;
    least = time;
    carrier = place;
  }
  return carrier;
}

function countPairs(structure: Structure, state: State, first: number, second: number): number {
  let count = 0;
  for (const place of structure.placesOf[first] as number[])
    for (const other of structure.placesOf[second] as number[])
      if ((state.tie[place * structure.places + other] as number) > 0) count += 1;
  return count;
}

/** Ties two people of related teams. Shares of pairs are very unequal. */
function addPair(structure: Structure, state: State, { first, second, loss }: Relation, key: number): void {
  const carrierKey = combineKey(key, purpose.carrier);
  const carrier = drawCarrier(structure, state, first, carrierKey);
  const other = drawCarrier(structure, state, second, carrierKey);
  if (carrier === -1 || other === -1) return;
  if (state.tie[carrier * structure.places + other] !== noTie) return;
  const share = (1 - drawUniform(key, 1)) ** -0.6 - 1;
  const grip = (1 - loss) * (0.8 + 0.35 * drawUniform(key, 2));
  setTie(state, carrier, other, { frequency: Math.min(5, 0.4 + 0.9 * share), grip: Math.min(0.97, grip) });
}

/** Each pair of people that a relation lacks is found with the given chance. */
export function fillRelations(
  structure: Structure,
  state: State,
  { termKey, chance }: { termKey: number; chance: number },
): void {
  const key = combineKey(termKey, purpose.crossTie);
  for (const [row, relation] of structure.relations.entries()) {
    const relationKey = combineKey(key, row);
    const missing = relation.pairs - countPairs(structure, state, relation.first, relation.second);
    for (let pair = 0; pair < missing; pair++) {
      const pairKey = combineKey(relationKey, pair);
      if (drawUniform(pairKey, 0) < chance) addPair(structure, state, relation, pairKey);
    }
  }
}

/** Ties follow the joint work and the requests; habits of asking people who left halve. */
export function updateTies(structure: Structure, state: State): void {
  const { places } = structure;
  for (let place = 0; place < places; place++)
    for (let other = place + 1; other < places; other++) {
      const cell = place * places + other;
      const mirror = other * places + place;
      const habit = state.habit[cell] as number;
      if (habit > 0) state.habit[cell] = state.habit[mirror] = habit / 2;
      const tie = state.tie[cell] as number;
      if (tie === noTie) continue;
      const used = (state.asked[cell] as number) + (state.asked[mirror] as number);
      const wanted = (state.baseTie[cell] as number) + 0.3 * used;
      state.tie[cell] = state.tie[mirror] = Math.min(8, 0.8 * tie + 0.2 * wanted);
    }
}
