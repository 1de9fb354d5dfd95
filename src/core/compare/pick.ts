import type { Carried } from '#shared/contract/compare.ts';
import type { DifferingRef } from '#shared/contract/faults.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locate, locateIn } from '../log/records/locate.ts';
import { namesIn } from './along.ts';
import { isBack } from './back.ts';
import { choiceOf, isChosen, isNamed, onlyByName, other, withoutRest } from './choice.ts';
import type { Choice, Naming, Side } from './choice.ts';
import { choose, keptFrom, nothingFollows, stayingBeside } from './choose.ts';
import type { Following, Wanted } from './choose.ts';
import type { Differing } from './classify.ts';
import { differences } from './differences.ts';
import type { Sides } from './differences.ts';
import { followersOf } from './followers.ts';
import type { Follower } from './followers.ts';
import { titleOf } from './page.ts';

/** Most that are told of one by one. */
const mostTold = 1000;

export type Named = Pick<Differing, 'type' | 'id'>;

/** A record by the ids that its rows have on the two sides: a position, and the name, have a row of each side's own. */
interface Concerned extends Named {
  rows: string[];
}

/** A record that stays with another. */
interface Staying extends Named {
  of: string;
}

/** What stays as it is in spite of a conflict; null is the record as a whole. */
export interface Left extends Named {
  fields: readonly (string | null)[];
  /** Other fields of it are carried over. */
  partly: boolean;
}

export interface Picked {
  choice: Choice;
  concerned: Concerned[];
  wanted: Wanted[];
  open: DifferingRef[];
  left: Left[];
  /** What stays too, of what was not chosen. */
  beside: Left[];
  stays: Staying[];
  decided: Carried['followed']['decided'];
  unnamed: Carried['unnamed'];
}

/** What is to be carried over of the differences, and what is not. Throws INVALID. Yields how many records it has looked at. */
export function* pick(
  sides: Sides,
  from: Side,
  asked: Naming & { seen?: unknown },
): Generator<number, Picked, void> {
  const choice = choiceOf(from, asked);
  const picked: Picked = {
    choice,
    concerned: [],
    wanted: [],
    open: [],
    left: [],
    beside: [],
    stays: [],
    decided: [],
    unnamed: [],
  };
  const kept = { play: new Set<string>(), live: new Set<string>() };
  const waiting: Differing[] = [];
  const take = (found: Differing, following?: Following): void =>
    add(picked, sides, found, { choice, following, seen: asked.seen !== undefined });
  yield* differences(sides, (found) => {
    const side = keptFrom(found, choice);
    if (side) kept[side].add(found.id);
    if (mayFollow(found)) waiting.push(found);
    else take(found);
  });
  const following = { play: yield* followed('play'), live: yield* followed('live') };
  for (const found of waiting) take(found, following);
  const coming = comingBack(sides, choice, following[other(from)], { picked, waiting });
  for (const one of coming) yield picked.wanted.push(one);
  return picked;

  function followed(side: Side) {
    const isOwn = (loss: Named & { field: string | null }): boolean => isChosen(choice, loss, loss.field);
    return followersOf(sides[side], sides.footing.common, kept[side], isOwn);
  }
}

interface Taking {
  choice: Choice;
  following: Following | undefined;
  seen: boolean;
}

function add(picked: Picked, sides: Sides, found: Differing, { choice, following, seen }: Taking): void {
  const { type, id } = found;
  const beside = stayingBeside(found, choice, following ?? nothingFollows);
  if (beside.length > 0) picked.beside.push({ type, id, fields: beside, partly: false });
  const byName = choice.from === 'play' && onlyByName(sides.footing, found);
  const chosen = choose(found, byName ? withoutRest(choice) : choice, following);
  if (!chosen) return;
  if (byName && !isNamed(choice, found)) {
    if (picked.unnamed.length === mostTold) return;
    const side = found.play.payload ? sides.play : sides.live;
    picked.unnamed.push({ type, id, ...namesIn(side, locateIn(side, type, id)) });
    return;
  }
  const rows = [found.live.id, found.play.id].filter((row) => row !== null);
  if (seen) picked.concerned.push({ type, id, rows });
  if (chosen.wanted) picked.wanted.push(chosen.wanted);
  for (const field of chosen.undecided) picked.open.push({ type, id, title: titleOf(sides, found), field });
  for (const one of chosen.decided) picked.decided.push({ type, id, ...one });
  const of = following?.[choice.from].get(id)?.of;
  if (chosen.stays && of !== undefined) picked.stays.push({ type, id, of });
  if (chosen.left.length === 0) return;
  picked.left.push({ type, id, fields: chosen.left, partly: chosen.wanted !== null });
}

/** Whether a side deleted it, or emptied a field of it, so that this may have followed from another deletion. */
function mayFollow({ base, live, play, fields }: Differing): boolean {
  if (!base.payload) return false;
  if (!live.payload || !play.payload) return true;
  return fields.some((one) => [one.live, one.play].some((value) => (value ?? null) === null));
}

/** What had gone, or lost a reference, on the side that is brought to with records that come back there: but for what is chosen itself, or the other side has no more either. */
function* comingBack(
  sides: Sides,
  { from }: Choice,
  followers: ReadonlyMap<string, Follower>,
  { picked, waiting }: { picked: Picked; waiting: readonly Differing[] },
): Generator<Wanted, void, void> {
  if (followers.size === 0) return;
  const target = sides[other(from)];
  const differing = new Map(waiting.map((found) => [found.id, found]));
  const wanted = new Map(picked.wanted.map((one) => [one.id, one]));
  for (const { type, id, of, whole, fields } of followers.values()) {
    const record = locateIn(target, type, id);
    const asWell = wanted.get(id);
    if (!record || record.deleted !== whole || (asWell && !asWell.patch)) continue;
    const about = { type, id, twoTypes: false, back: of };
    const found = differing.get(id);
    if (whole) {
      const isTheirs = found ? found[from].payload !== null : !locateIn(sides[from], type, id);
      if (isTheirs && found?.class !== 'conflict') yield { ...about, payload: record.payload, patch: null };
      continue;
    }
    const set = Object.fromEntries(
      [...fields].filter(([field]) => {
        const said = found?.fields.find((one) => one.field === field);
        return (!said || said.class === other(from)) && !(asWell && touches(asWell, field));
      }),
    );
    if (Object.keys(set).length === 0) continue;
    yield { ...about, payload: { ...record.payload, ...set }, patch: { set, unset: [] } };
  }
}

const touches = ({ patch }: Wanted, field: string): boolean =>
  patch !== null && (Object.hasOwn(patch.set, field) || patch.unset.includes(field));

/** What stays, or came back, with other records, when all is written. */
export function told(
  db: ReadHandle,
  sides: Sides,
  { wanted, decided, ...picked }: Picked,
): Carried['followed'] {
  // What stays with one record may go with another.
  const stays = picked.stays.filter(({ type, id }) => locateIn(db, type, id)?.deleted === false);
  const back = wanted.filter((one) => isBack(db, one));
  const all = [
    ...stays.map((one) => ({ ...one, action: 'stays' as const })),
    ...back.map(({ type, id, back: of = '' }) => ({ type, id, of, action: 'back' as const })),
  ];
  const name = (type: AuditedType, id: string): ReturnType<typeof namesIn> => {
    for (const side of [db, sides.play, sides.live]) {
      const record = locateIn(side, type, id);
      if (record) return namesIn(side, record);
    }
    return namesIn(db, undefined);
  };
  const records = all.slice(0, mostTold).map(({ type, id, of, action }) => {
    const by = locate(sides.live, of)?.type ?? type;
    return { type, id, ...name(type, id), action, of: { type: by, id: of, ...name(by, of) } };
  });
  return { stays: stays.length, back: back.length, records, decided: decided.slice(0, mostTold) };
}
