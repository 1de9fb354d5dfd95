import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { Claim } from './claims.ts';
import type { Segment } from './json-path.ts';
import type { Targets } from './targets.ts';
import { show } from './problems.ts';
import type { Problems } from './problems.ts';

export interface Ends {
  from: string;
  to: string;
}

export interface EndWork {
  targets: Targets;
  problems: Problems;
  exactText: (holder: object, key: Segment) => string | undefined;
}

/**
 * The ids of an interface's two ends, each a record of the file or one that lives in the workspace. Null when the interface
 * must be left out, which has been noted then: an end is nowhere, or is an interface itself, or both ends are the same.
 */
export function readEnds(claim: Claim, work: EndWork): Ends | null {
  const from = endOf(claim, 'from', work);
  const to = from === null ? null : endOf(claim, 'to', work);
  if (from === null || to === null) return null;
  if (from !== to) return { from, to };
  const message = `Both ends are ${show(from)}; an interface joins two different records. It is left out.`;
  work.problems.add(claim.path, 'self_interface', 'skipped', message);
  return null;
}

function endOf(claim: Claim, side: 'from' | 'to', work: EndWork): string | null {
  const { targets, problems } = work;
  const key = spelledKey(claim.raw, side);
  const value = claim.raw[key];
  const path = [...claim.path, key];
  const id = targets.idIn(value, work.exactText(claim.raw, key));
  const type = id === null ? null : targets.typeOf(id);
  if (id !== null && type !== null && type !== 'interface') {
    if (typeof value === 'number')
      problems.add(path, 'wrong_type', 'converted', `${id} is read as the text ${show(id)}.`);
    return id;
  }
  problems.add(path, 'dangling_end', 'skipped', `${complaint(value, id, type)}; the interface is left out.`);
  return null;
}

function complaint(value: Json | undefined, id: string | null, type: string | null): string {
  if (type === 'interface') return `${show(value)} is an interface itself`;
  if (id !== null) return `There is no record ${show(id)}`;
  return value === undefined ? 'An end is missing' : `${show(value)} names no record`;
}

/** The spelling under which the file gives an end: its own, or the other when its own says nothing. */
function spelledKey(raw: JsonObject, side: 'from' | 'to'): string {
  const names = [side, `${side}_entity`];
  return names.find((key) => Object.hasOwn(raw, key) && raw[key] !== null && raw[key] !== '') ?? side;
}
