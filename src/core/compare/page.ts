import { fold } from '#shared/domain/fold.ts';
import type { z } from 'zod';
import type { compare, Comparison, Difference } from '#shared/contract/compare.ts';
import { readHead } from '../log/audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { readTitle, readUniversity } from '../model/titles.ts';
import type { SandboxFacts } from '../log/sandbox-facts.ts';
import { actionOf } from './classify.ts';
import type { Differing } from './classify.ts';
import type { Sides } from './differences.ts';
import { compareAgain } from './comparison-cache.ts';
import type { ComparisonCache, Found, KeptComparison } from './comparison-cache.ts';

type Asked = z.output<(typeof compare)['~orpc']['inputSchema'] & z.ZodType>;

/** One page of differences, with the number in each class. Yields the number of records read. */
export function* comparePage(
  sides: Sides,
  facts: SandboxFacts,
  asked: Omit<Asked, 'id'>,
  cache: ComparisonCache,
): Generator<number, Comparison, void> {
  const { offset, limit } = asked;
  const compared = yield* cache.follow(sides, facts.id);
  const matching = yield* containing(sides, compared, filtered(compared.found, asked), asked.text);
  const rows = compareAgain(sides, compared, matching.slice(offset, offset + limit));
  const { base, based } = sides.mergeBase;
  return {
    sandbox: { id: facts.id, name: facts.name },
    base: base && { id: base.id, hash: base.hash },
    based,
    live: headOf(sides.live),
    play: headOf(sides.play),
    counts: { ...compared.counts },
    matched: matching.length,
    rows: yield* described(sides, rows),
  };
}

/** The newest transaction of a log, in the comparison's form. */
export function headOf(db: ReadHandle): { id: number; hash: string } {
  const { id, hash } = readHead(db);
  return { id, hash };
}

export function filterOf(
  sides: Pick<Sides, 'live' | 'play'>,
  { types, classes, text }: Pick<Asked, 'types' | 'classes' | 'text'>,
): (found: Differing) => boolean {
  const wanted = fold(text);
  const contains = (value: string): boolean => fold(value).includes(wanted);
  return (found) =>
    (types.length === 0 || types.includes(found.type)) &&
    (classes.length === 0 || classes.includes(found.class)) &&
    (wanted === '' || contains(found.id) || contains(titleOf(sides, found)));
}

function filtered(found: readonly Found[], { types, classes, ids }: Omit<Asked, 'id'>): readonly Found[] {
  const meant = new Set(ids);
  return found.filter(
    (one) =>
      (meant.size === 0 || meant.has(one.id)) &&
      (types.length === 0 || types.includes(one.type)) &&
      (classes.length === 0 || classes.includes(one.class)),
  );
}

/** Filters by id or title; titles are read again. */
function* containing(
  sides: Sides,
  compared: KeptComparison,
  list: readonly Found[],
  text: string,
): Generator<number, readonly Found[], void> {
  const wanted = fold(text);
  if (wanted === '') return list;
  const contains = (value: string): boolean => fold(value).includes(wanted);
  const matching: Found[] = [];
  let at = 0;
  for (const found of compareAgain(sides, compared, list)) {
    const one = list[at] as Found;
    if (contains(one.id) || contains(titleOf(sides, found))) matching.push(one);
    yield ++at;
  }
  return matching;
}

function* described(sides: Sides, rows: Iterable<Differing>): Generator<number, Difference[], void> {
  const told: Difference[] = [];
  for (const row of rows) {
    told.push(toDifference(sides, row));
    yield told.length;
  }
  return told;
}

/** Title in Play, or in live, or at the base. */
export function titleOf({ live, play }: Pick<Sides, 'live' | 'play'>, found: Differing): string {
  const { db, payload } = readFrom({ live, play }, found);
  return readTitle(db, found.type, payload);
}

function readFrom({ live, play }: Pick<Sides, 'live' | 'play'>, found: Differing) {
  if (found.play.payload) return { db: play, payload: found.play.payload };
  return { db: live, payload: found.live.payload ?? found.base.payload ?? {} };
}

function toDifference(sides: Sides, found: Differing): Difference {
  const { type, id, base, live, play, conflict, fields } = found;
  const { db, payload } = readFrom(sides, found);
  return {
    type,
    id,
    title: titleOf(sides, found),
    university: readUniversity(db, { type, id, payload }),
    class: found.class,
    play: actionOf(base, play),
    live: actionOf(base, live),
    conflict,
    fields,
  };
}
