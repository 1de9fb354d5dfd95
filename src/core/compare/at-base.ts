import { entityTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { Footing } from './base.ts';
import type { State } from './classify.ts';
import { nowhere } from './classify.ts';
import { rowsOf, stateBefore, stateOf } from './states.ts';
import type { Row } from './states.ts';
import type { Candidates } from './touched.ts';
import { withCarried } from './with-carried.ts';
import { withoutLost } from './without-lost.ts';

/** The comparison that a record is part of. */
export interface Comparing {
  live: ReadHandle;
  play: ReadHandle;
  footing: Footing;
  among: Pick<Candidates, 'live' | 'baseHas'>;
}

/** A record with its rows on the two sides. */
interface Compared {
  type: AuditedType;
  id: string;
  theirs: Row | undefined;
  ours: Row | undefined;
}

/** What a record is compared with. The base is a workspace like others: nothing in it hangs on what it does not have. */
export function atBase(comparing: Comparing, record: Compared): State {
  const base = byItself(comparing, record);
  const { live, play, footing } = comparing;
  if (footing.carrying.inLive.length === 0) return base;
  const states = { live: stateOf(record.theirs), play: stateOf(record.ours) };
  const logs = { live, play, from: footing.common };
  return withoutLost(logs, { type: record.type, base, ...states }, (id) => isThere(comparing, id));
}

/** Whether the base has a record that others hang on there. What live's log does not tell of is as it was. */
function isThere(comparing: Comparing, id: string): boolean {
  const { live, play, among } = comparing;
  const type = entityTypes.find((one) => among.live.get(one)?.has(id));
  if (!type) return true;
  const before = among.baseHas.get(id);
  if (before !== undefined) return before;
  const [theirs, ours] = [live, play].map((side) => rowsOf(side, type, [id]).get(id));
  // Of what it hangs on itself only a university counts: nothing goes round in circles.
  const at = type === 'interface' ? byItself : atBase;
  const there = at(comparing, { type, id, theirs, ours }).payload !== null;
  among.baseHas.set(id, there);
  return there;
}

/** By what the logs tell of that record. */
function byItself({ live, play, footing, among }: Comparing, { type, theirs, ours }: Compared): State {
  const { base, apart, carrying } = footing;
  if (!base) return nowhere;
  const from = (ours && apart.get(ours.id)) ?? (theirs && apart.get(theirs.id)) ?? base.end;
  const now = stateOf(theirs);
  if (!theirs) return now;
  // Unless its log tells of it since, it is what live has.
  const last = among.live.get(type)?.get(theirs.id) ?? 0;
  const then = last >= from ? stateBefore(live, theirs, from) : now;
  return withCarried({ live, play, carrying }, { id: theirs.id, base: then, from });
}
