import type { z } from 'zod';
import type { between, ComparedSide, Comparison } from '#shared/contract/comparison.ts';
import { parseSide } from '#shared/domain/moments.ts';
import { runSteps } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { pointAt } from '../moments/point.ts';
import { readBackup } from '../versions/list.ts';
import type { Reading } from '../versions/open.ts';
import { mergeBaseOf } from './base.ts';
import type { MergeBase } from './base.ts';
import type { Compared } from './between.ts';
import { comparisonCache } from './comparison-cache.ts';
import { pageOf, pageOfKept } from './page.ts';
import { describePoint, describeVersion, withSide } from './sides.ts';

type Input = z.output<(typeof between)['~orpc']['inputSchema'] & z.ZodType>;
type BothSides = Record<'from' | 'to', ComparedSide>;

/** One page of the differences between two sides, with the number of each kind. Throws as `withSide`. */
export async function compareSides(
  { home: services }: Services,
  input: Input,
  reading: Reading,
): Promise<Comparison> {
  const [from, to] = [parseSide(String(input.from)), parseSide(String(input.to))];
  if (input.since_base && (from.kind !== 'live' || to.kind !== 'sandbox'))
    throw invalidFault([
      { path: 'since_base', code: 'target', message: 'Only live and a sandbox have a base' },
    ]);
  const kinds = [from.kind, to.kind];
  const isBackup = kinds.includes('backup');
  if (isBackup && kinds.every((kind) => kind === 'backup' || kind === 'point')) {
    const kept = await keptPage(services, input);
    if (kept) return kept;
  }
  const run = (compared: Compared, sides: BothSides): Promise<Comparison> =>
    runSteps(reading, 'checking', page(services, compared, sides, input, isBackup));
  if (kinds.every((kind) => kind === 'point')) {
    const db = services.read;
    const points = { from: pointAt(db, input.from), to: pointAt(db, input.to) };
    const sides = { from: describePoint(services, input.from), to: describePoint(services, input.to) };
    return run({ live: db, play: db, ...points }, sides);
  }
  // `to` is read first: a base that a sandbox names is then in the snapshot of live.
  return withSide(services, input.to, reading, ({ db: play, side: toSide, facts }) =>
    withSide(services, input.from, reading, ({ db: live, side: fromSide }) => {
      const copies = { live, play };
      const compared =
        input.since_base && facts ? { ...copies, mergeBase: mergeBaseOf(live, play, facts) } : copies;
      return run(compared, { from: fromSide, to: toSide });
    }),
  );
}

const mergeBaseIn = (compared: Compared): MergeBase | null =>
  'mergeBase' in compared ? compared.mergeBase : null;

/** Identifies both compared states. The merge base is part of it, because a sandbox's facts are not in a log. */
const stateOf = ({ from, to }: BothSides, mergeBase: MergeBase | null): string =>
  JSON.stringify([...[from, to].map(({ kind, id, head }) => [kind, id, head.hash]), mergeBase]);

function* page(
  services: Services,
  compared: Compared,
  sides: BothSides,
  input: Input,
  rows: boolean,
): Generator<number, Comparison, void> {
  const mergeBase = mergeBaseIn(compared);
  const state = stateOf(sides, mergeBase);
  const kept = yield* comparisonCache(services).follow(compared, state, { rows });
  const { base = null, based = null } = mergeBase ?? {};
  return {
    ...sides,
    base: base && { id: base.id, hash: base.hash },
    based,
    counts: { ...kept.counts },
    actions: { ...kept.actions },
    ...(yield* pageOf(compared, kept, input)),
  };
}

/** A page of a backup that was compared before, without reading the backup again. */
async function keptPage(services: Services, input: Input): Promise<Comparison | null> {
  const describe = async (at: Input['from']): Promise<ComparedSide> => {
    const { kind, id } = parseSide(String(at));
    if (kind === 'point') return describePoint(services, at);
    return describeVersion(services, id, await readBackup(services.files.backups, id));
  };
  const sides = { from: await describe(input.from), to: await describe(input.to) };
  const kept = comparisonCache(services).find(stateOf(sides, null));
  const found = kept && pageOfKept(kept, input);
  if (!kept || !found) return null;
  return {
    ...sides,
    base: null,
    based: null,
    counts: { ...kept.counts },
    actions: { ...kept.actions },
    ...found,
  };
}
