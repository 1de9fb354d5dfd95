import type { z } from 'zod';
import type { compare, Comparison, Difference, DifferenceClass } from '#shared/contract/compare.ts';
import { differenceClasses } from '#shared/contract/compare.ts';
import { readHead } from '../audit/head.ts';
import { fold } from '../db/connection.ts';
import type { ReadHandle } from '../db/connection.ts';
import { readTitle } from '../entities/titles.ts';
import type { SandboxFacts } from '../sandboxes/facts.ts';
import { actionOf } from './classify.ts';
import type { Differing } from './classify.ts';
import { differences } from './differences.ts';
import type { Sides } from './differences.ts';

type Asked = z.output<(typeof compare)['~orpc']['inputSchema'] & z.ZodType>;

/** One page of what is different, and how much there is of each class. Yields how many records it has looked at. */
export function* comparePage(
  sides: Sides,
  facts: SandboxFacts,
  asked: Omit<Asked, 'id'>,
): Generator<number, Comparison, void> {
  const { offset, limit } = asked;
  const counts = Object.fromEntries(differenceClasses.map((one) => [one, 0])) as Record<
    DifferenceClass,
    number
  >;
  const matches = filterOf(sides, asked);
  const rows: Differing[] = [];
  let matched = 0;
  yield* differences(sides, (found) => {
    counts[found.class] += 1;
    if (!matches(found)) return;
    matched += 1;
    if (matched > offset && rows.length < limit) rows.push(found);
  });
  const { base, based } = sides.footing;
  return {
    sandbox: { id: facts.id, name: facts.name },
    base: base && { id: base.id, hash: base.hash },
    based,
    live: headOf(sides.live),
    play: headOf(sides.play),
    counts,
    matched,
    rows: rows.map((row) => toDifference(sides, row)),
  };
}

/** The newest transaction of a log, as comparisons name it. */
export function headOf(db: ReadHandle): { id: number; hash: string } {
  const { id, hash } = readHead(db);
  return { id, hash };
}

/** Whether a difference is of those that are asked for. */
export function filterOf(
  sides: Pick<Sides, 'live' | 'play'>,
  { types, classes, text }: Pick<Asked, 'types' | 'classes' | 'text'>,
): (found: Differing) => boolean {
  const wanted = fold(text) ?? '';
  const contains = (value: string): boolean => fold(value)?.includes(wanted) === true;
  return (found) =>
    (types.length === 0 || types.includes(found.type)) &&
    (classes.length === 0 || classes.includes(found.class)) &&
    (wanted === '' || contains(found.id) || contains(titleOf(sides, found)));
}

/** What a person calls it: in Play, or in live where Play does not have it, or as it was. */
export function titleOf({ live, play }: Pick<Sides, 'live' | 'play'>, found: Differing): string {
  const { type } = found;
  if (found.play.payload) return readTitle(play, type, found.play.payload);
  return readTitle(live, type, found.live.payload ?? found.base.payload ?? {});
}

function toDifference(sides: Sides, found: Differing): Difference {
  const { type, id, base, live, play, conflict, fields } = found;
  return {
    type,
    id,
    title: titleOf(sides, found),
    class: found.class,
    play: actionOf(base, play),
    live: actionOf(base, live),
    conflict,
    fields,
  };
}
