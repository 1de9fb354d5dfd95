import { issueWithCode } from '#shared/texts/issues.ts';
import type { InputOf } from '#shared/contract/base.ts';
import type { between, ComparedSide, Comparison } from '#shared/contract/comparison.ts';
import { parseSide } from '#shared/domain/points-in-time.ts';
import { runSteps } from '../kernel/progress.ts';
import type { Services } from '../model/services.ts';
import { invalidFault } from '../model/validate.ts';
import { pointAt } from '../moments/point.ts';
import { readBackup } from '../versions/list.ts';
import type { ReadOptions } from '../versions/unpack-version.ts';
import { mergeBaseOf } from './base.ts';
import type { MergeBase } from './base.ts';
import { mergeBaseIn } from './between.ts';
import type { ComparisonInput } from './between.ts';
import { comparisonCache } from './comparison-cache.ts';
import { pageOf, cachedPageOf } from './page.ts';
import { describePoint, describeVersion, withSide } from './sides.ts';

type Input = InputOf<typeof between>;
type BothSides = Record<'from' | 'to', ComparedSide>;

/** One page of the differences between two sides, with the number of each class and action. Throws INVALID and the errors of `withSide`. */
export async function compareSides(
  { home: services }: Services,
  input: Input,
  readOptions: ReadOptions,
): Promise<Comparison> {
  const [from, to] = [parseSide(String(input.from)), parseSide(String(input.to))];
  if (input.since_base && (from.kind !== 'live' || to.kind !== 'sandbox'))
    throw invalidFault([issueWithCode('since_base', 'target', 'base_of_sandbox')]);
  const kinds = [from.kind, to.kind];
  const hasBackup = kinds.includes('backup');
  if (hasBackup && kinds.every((kind) => kind === 'backup' || kind === 'point')) {
    const cached = await findCachedPage(services, input);
    if (cached) return cached;
  }
  const compareStates = (compared: ComparisonInput, sides: BothSides): Promise<Comparison> =>
    runSteps(readOptions, 'checking', readPage(services, compared, sides, input, hasBackup));
  if (kinds.every((kind) => kind === 'point')) {
    const db = services.read;
    const points = { from: pointAt(db, input.from), to: pointAt(db, input.to) };
    const sides = { from: describePoint(services, input.from), to: describePoint(services, input.to) };
    return compareStates({ ours: db, theirs: db, ...points }, sides);
  }
  // `to` is opened first: if it is a sandbox, the base that it names is then in the later snapshot of live.
  return withSide(services, input.to, readOptions, ({ db: theirs, side: toSide, facts }) =>
    withSide(services, input.from, readOptions, ({ db: ours, side: fromSide }) => {
      const copies = { ours, theirs };
      const compared =
        input.since_base && facts ? { ...copies, mergeBase: mergeBaseOf(ours, theirs, facts) } : copies;
      return compareStates(compared, { from: fromSide, to: toSide });
    }),
  );
}

/** Identifies both compared states, with the merge base, because a sandbox keeps its base outside of its log. */
const stateKeyOf = ({ from, to }: BothSides, mergeBase: MergeBase | null): string =>
  JSON.stringify([...[from, to].map(({ kind, id, head }) => [kind, id, head.hash]), mergeBase]);

function* readPage(
  services: Services,
  compared: ComparisonInput,
  sides: BothSides,
  input: Input,
  keepsRows: boolean,
): Generator<number, Comparison, void> {
  const mergeBase = mergeBaseIn(compared);
  const stateKey = stateKeyOf(sides, mergeBase);
  const comparison = yield* comparisonCache(services).compare(compared, stateKey, { keepsRows });
  const { base = null, baseKind = null } = mergeBase ?? {};
  return {
    ...sides,
    base: base && { id: base.id, hash: base.hash },
    based: baseKind,
    counts: { ...comparison.counts },
    actions: { ...comparison.actions },
    ...(yield* pageOf(compared, comparison, input)),
  };
}

/** A page of a backup that was compared before, without reading the backup again. */
async function findCachedPage(services: Services, input: Input): Promise<Comparison | null> {
  const describe = async (side: Input['from']): Promise<ComparedSide> => {
    const { kind, id } = parseSide(String(side));
    if (kind === 'point') return describePoint(services, side);
    return describeVersion(services, id, await readBackup(services.files.backups, id));
  };
  const sides = { from: await describe(input.from), to: await describe(input.to) };
  const comparison = comparisonCache(services).find(stateKeyOf(sides, null));
  const cachedRows = comparison && cachedPageOf(comparison, input);
  if (!comparison || !cachedRows) return null;
  return {
    ...sides,
    base: null,
    based: null,
    counts: { ...comparison.counts },
    actions: { ...comparison.actions },
    ...cachedRows,
  };
}
