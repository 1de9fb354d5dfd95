import type { Decision } from '#shared/contract/compare.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { invalid } from '../model/validate.ts';
import { decidedOf, other, saidOf } from './choice.ts';
import type { Choice, Meant, Side } from './choice.ts';
import type { Differing } from './classify.ts';
import { nobody } from './followers.ts';
import type { Followers } from './followers.ts';

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
  /** It had gone, or lost the references of the patch, with the record of that id, and comes back with it. */
  back?: string;
}

export interface Chosen {
  wanted: Wanted | null;
  /** Fields in conflict of which nobody has said what counts; null is the record as a whole. */
  undecided: (string | null)[];
  /** Of a conflict the fields that stay as they are; null is the record as a whole. */
  left: (string | null)[];
  /** Of what is in conflict, what another decision decides too. */
  decided: Pick<Decision, 'field' | 'take'>[];
  /** It stays, or some references do, though the other side has it no more, with a record that stays. */
  stays: boolean;
}

/** What followed on each side from the deletion of records that the choice keeps, or brings back, all the same. */
export type Following = Readonly<Record<Side, Followers>>;
export const nothingFollows: Following = { play: nobody, live: nobody };

/** What a choice makes of a difference; null where it is none of its. Throws INVALID where fields are named of what comes or goes as a whole. */
export function choose(
  found: Differing,
  choice: Choice,
  following: Following = nothingFollows,
): Chosen | null {
  const { id } = found;
  const { from, only, except } = choice;
  const fields = only ? saidOf(only, found) : null;
  if (fields === undefined || saidOf(except, found)) return null;
  if (found.class === 'same' || found.class === other(from)) return null;
  const [source, target] = [found[from], found[other(from)]];
  const about = { type: found.type, id: target.id ?? source.id ?? id, twoTypes: found.twoTypes };
  if (found.twoTypes || !source.payload || !target.payload) {
    if (fields) throw asWhole(found);
    const decided = decidedWith(choice, found, [null], following);
    const shared = { wanted: null, undecided: [], left: [], decided, stays: false };
    if (found.class !== 'conflict' && follows(found, following, null) === from)
      return { ...shared, stays: true };
    const take = found.class === 'conflict' ? says(choice, found, null, following) : from;
    if (take === 'ask') return { ...shared, undecided: [null] };
    if (take !== from) return { ...shared, left: [null] };
    return { ...shared, wanted: { ...about, payload: source.payload, patch: null } };
  }
  const { set, unset, ...rest } = taken(found, choice, fields, following);
  const none = Object.keys(set).length + unset.length === 0;
  const wanted = none ? null : { ...about, payload: source.payload, patch: { set, unset } };
  const open = found.fields.filter((one) => one.class === 'conflict' && (!fields || fields.has(one.field)));
  const names = open.map(({ field }) => field);
  return { wanted, decided: decidedWith(choice, found, names, following), ...rest };
}

/**
 * What stays as it is of a conflict that is none of what was chosen, as the other side counts in conflicts: nothing of it is carried over, and it is
 * not to go along with anything either. Null is the record as a whole.
 */
export function stayingBeside(found: Differing, choice: Choice, following: Following): (string | null)[] {
  const { from, only, except } = choice;
  const fields = only ? saidOf(only, found) : null;
  if (fields === null || found.class !== 'conflict' || saidOf(except, found)) return [];
  const isWhole = found.twoTypes || !found.live.payload || !found.play.payload;
  const clashing = found.fields.filter((one) => one.class === 'conflict' && !fields?.has(one.field));
  const beside = isWhole ? [null] : clashing.map(({ field }) => field);
  return beside.filter((field) => says(choice, found, field, following) === other(from));
}

/** What of a conflict goes with what it followed from. */
function decidedWith(
  choice: Choice,
  found: Differing,
  fields: readonly (string | null)[],
  following: Following,
): Chosen['decided'] {
  if (found.class !== 'conflict') return [];
  return fields.flatMap((field) => {
    const side = follows(found, following, field);
    return side && decidedOf(choice, found, field) === undefined ? [{ field, take: other(side) }] : [];
  });
}

/** The side on which it followed from the deletion of what stays, or comes back; null where it did on none. */
function follows({ id }: Meant, following: Following, field: string | null): Side | null {
  for (const side of ['play', 'live'] as const) {
    const one = following[side].get(id);
    if (field === null ? one?.whole : one?.fields.has(field)) return side;
  }
  return null;
}

/** What followed from a deletion is decided with that. */
function says(
  choice: Choice,
  found: Meant,
  field: string | null,
  following: Following = nothingFollows,
): 'ask' | Side {
  const side = follows(found, following, field);
  return decidedOf(choice, found, field) ?? (side ? other(side) : choice.conflicts);
}

/** The side that deleted a record which stays, or comes back, all the same: it is left out, or the other changed it and that counts; else null. */
export function keptFrom(found: Differing, choice: Choice): Side | null {
  const { from } = choice;
  if (saidOf(choice.except, found)) return found[other(from)].payload && !found[from].payload ? from : null;
  if (found.conflict !== 'deleted') return null;
  if (choice.only && saidOf(choice.only, found) === undefined) return null;
  const take = says(choice, found, null);
  return take !== 'ask' && found[take].payload ? other(take) : null;
}

function taken(found: Differing, choice: Choice, only: ReadonlySet<string> | null, following: Following) {
  const { from } = choice;
  const set: [string, Json][] = [];
  const unset: string[] = [];
  const undecided: string[] = [];
  const left: string[] = [];
  let stays = false;
  for (const one of found.fields) {
    if (only && !only.has(one.field)) continue;
    if (one.class !== from && one.class !== 'conflict') continue;
    const take = one.class === 'conflict' ? says(choice, found, one.field, following) : from;
    const value = one[from];
    if (one.class !== 'conflict' && follows(found, following, one.field) === from) stays = true;
    else if (take === 'ask') undecided.push(one.field);
    else if (take !== from) left.push(one.field);
    else if (value === undefined) unset.push(one.field);
    else set.push([one.field, value]);
  }
  return { set: Object.fromEntries(set), unset, undecided, left, stays };
}

function asWhole({ type, id }: Differing) {
  const message = `the ${type} "${id}" comes or goes as a whole: name it without fields`;
  return invalid([{ path: 'only', code: 'whole', message }]);
}
