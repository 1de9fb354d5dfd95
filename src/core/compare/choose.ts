import type { Decision } from '#shared/contract/compare.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { invalid } from '../entities/validate.ts';
import type { Differing } from './classify.ts';

export type Side = 'play' | 'live';

type Meant = Pick<Decision, 'id' | 'type'>;

/** What somebody says of records, by `keyOf`. */
type Said<V> = ReadonlyMap<string, V>;

/** What somebody wants of the differences. */
export interface Choice {
  /** The side whose changes are taken over. */
  from: Side;
  /** Each with its fields, or null for all of it; null is everything. */
  only: Said<ReadonlySet<string> | null> | null;
  /** What stays as it is all the same. */
  except: Said<true>;
  decisions: Said<Side>;
  /** Where no decision says it. */
  conflicts: 'ask' | Side;
}

/** Who names no type means the record of that id whatever its type. */
const keyOf = ({ id, type }: Meant, field: string | null = null): string =>
  `${type ?? ''}\u0000${id}\u0000${field ?? ''}`;

/** What is said of a record of that type, or else of that id. */
const saidOf = <V>(said: Said<V>, { id, type }: Meant, field: string | null = null): V | undefined => {
  const key = keyOf({ id, type }, field);
  return said.has(key) ? said.get(key) : said.get(keyOf({ id }, field));
};

/** Which records, and what counts, as the contract has it. */
export interface Naming {
  only?: readonly (Meant & { fields?: string[] | undefined })[] | null | undefined;
  except?: readonly Meant[] | undefined;
  decisions: readonly Decision[];
  conflicts: Choice['conflicts'];
}

/** What is asked for, as it is looked up. */
export function choiceOf(from: Side, { only, except, decisions, conflicts }: Naming): Choice {
  return {
    from,
    only: only ? new Map(only.map((one) => [keyOf(one), one.fields ? new Set(one.fields) : null])) : null,
    except: new Map((except ?? []).map((one) => [keyOf(one), true])),
    decisions: new Map(decisions.map((one) => [keyOf(one, one.field), one.take])),
    conflicts,
  };
}

/** What is to become of a record of the side that changes are brought to. */
export interface Wanted {
  type: AuditedType;
  /** That of its row there, or of the one to be made. */
  id: string;
  /** As the other side has it; null where it goes. */
  payload: JsonObject | null;
  /** Where both sides have it: the fields that are taken over. */
  patch: { set: JsonObject; unset: string[] } | null;
  /** The id is that of a record of another type there. */
  twoTypes: boolean;
}

export interface Chosen {
  wanted: Wanted | null;
  /** Fields in conflict of which nobody has said what counts; null is the record as a whole. */
  undecided: (string | null)[];
  /** A conflict, or a field of one, stays as it is. */
  left: boolean;
}

/** What a choice makes of a difference; null where it is none of its. Throws INVALID where fields are named of what comes or goes as a whole. */
export function choose(found: Differing, choice: Choice): Chosen | null {
  const { id } = found;
  const { from, only, except } = choice;
  const fields = only ? saidOf(only, found) : null;
  if (fields === undefined || saidOf(except, found)) return null;
  if (found.class === 'same' || found.class === other(from)) return null;
  const [source, target] = [found[from], found[other(from)]];
  const about = { type: found.type, id: target.id ?? source.id ?? id, twoTypes: found.twoTypes };
  if (found.twoTypes || !source.payload || !target.payload) {
    if (fields) throw asWhole(found);
    const take = found.class === 'conflict' ? says(choice, found, null) : from;
    if (take !== from) return { wanted: null, undecided: take === 'ask' ? [null] : [], left: take !== 'ask' };
    return { wanted: { ...about, payload: source.payload, patch: null }, undecided: [], left: false };
  }
  const { set, unset, undecided, left } = taken(found, choice, fields);
  const none = Object.keys(set).length + unset.length === 0;
  const wanted = none ? null : { ...about, payload: source.payload, patch: { set, unset } };
  return { wanted, undecided, left };
}

export const other = (side: Side): Side => (side === 'play' ? 'live' : 'play');

function says({ decisions, conflicts }: Choice, found: Meant, field: string | null): 'ask' | Side {
  return saidOf(decisions, found, field) ?? saidOf(decisions, found) ?? conflicts;
}

function taken(found: Differing, choice: Choice, only: ReadonlySet<string> | null) {
  const { from } = choice;
  const set: [string, Json][] = [];
  const unset: string[] = [];
  const undecided: string[] = [];
  let left = false;
  for (const one of found.fields) {
    if (only && !only.has(one.field)) continue;
    if (one.class !== from && one.class !== 'conflict') continue;
    const take = one.class === 'conflict' ? says(choice, found, one.field) : from;
    const value = one[from];
    if (take === 'ask') undecided.push(one.field);
    else if (take !== from) left = true;
    else if (value === undefined) unset.push(one.field);
    else set.push([one.field, value]);
  }
  return { set: Object.fromEntries(set), unset, undecided, left };
}

function asWhole({ type, id }: Differing) {
  const message = `the ${type} "${id}" comes or goes as a whole: name it without fields`;
  return invalid([{ path: 'only', code: 'whole', message }]);
}
