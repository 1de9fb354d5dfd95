import type { z } from 'zod';
import type { Difference, SideAction } from '#shared/contract/compare.ts';
import type { At, differences } from '#shared/contract/moments.ts';
import { copyNamed } from '#shared/domain/moments.ts';
import type { Compared } from '../compare/between.ts';
import { comparisonCache } from '../compare/comparison-cache.ts';
import { pageOf, pageOfKept } from '../compare/page.ts';
import { withPlay } from '../compare/sides.ts';
import { runSteps } from '../kernel/progress.ts';
import { readHead } from '../log/audit/head.ts';
import type { Services } from '../model/services.ts';
import { readBackup } from '../versions/list.ts';
import type { Reading } from '../versions/open.ts';
import { describeBackup, withSide } from './copies.ts';
import type { Side } from './copies.ts';
import { momentOf, pointAt } from './point.ts';

type Input = z.output<(typeof differences)['~orpc']['inputSchema'] & z.ZodType>;

interface Found {
  from: Side['said'];
  to: Side['said'];
  counts: Record<SideAction, number>;
  matched: number;
  rows: Difference[];
}

const kindOf = (at: At) => copyNamed(String(at))?.copy ?? 'moment';

/** One page of the differences between two points in time or copies, with the number of each kind. Throws as `withSide`. */
export async function differencesPage(
  { home: services }: Services,
  input: Input,
  reading: Reading,
): Promise<Found> {
  const { from, to } = input;
  const kinds = [kindOf(from), kindOf(to)];
  const state = JSON.stringify([await stateOf(services, from), await stateOf(services, to)]);
  const isBackup = kinds.includes('backup');
  if (isBackup && !kinds.some((kind) => kind === 'golden' || kind === 'sandbox')) {
    const kept = await keptPage(services, input, state);
    if (kept) return kept;
  }
  const run = async (compared: Compared, sides: Pick<Found, 'from' | 'to'>): Promise<Found> => {
    const steps = page(services, compared, input, { state, rows: isBackup });
    return { ...sides, ...(await runSteps(reading, 'checking', steps)) };
  };
  if (kinds.every((kind) => kind === 'moment')) {
    const db = services.read;
    const [first, second] = [pointAt(db, from), pointAt(db, to)];
    const sides = { from: momentOf(db, first.id), to: momentOf(db, second.id) };
    return run({ live: db, play: db, from: first, to: second }, sides);
  }
  return withSide(services, from, reading, (one) =>
    withSide(services, to, reading, (other) =>
      run({ live: one.db, play: other.db }, { from: one.said, to: other.said }),
    ),
  );
}

function* page(
  services: Services,
  compared: Compared,
  input: Input,
  { state, rows }: { state: string; rows: boolean },
): Generator<number, Pick<Found, 'counts' | 'matched' | 'rows'>, void> {
  const kept = yield* comparisonCache(services).follow(compared, state, { rows });
  return { counts: { ...kept.actions }, ...(yield* pageOf(compared, kept, input)) };
}

/** A page of a backup that was compared before, without reading the backup again. */
async function keptPage(services: Services, input: Input, state: string): Promise<Found | null> {
  const kept = comparisonCache(services).find(state);
  const found = kept && pageOfKept(kept, input);
  if (!kept || !found) return null;
  const side = async (at: At): Promise<Side['said']> => {
    const named = copyNamed(String(at));
    if (!named) return momentOf(services.read, pointAt(services.read, at).id);
    return describeBackup(services, await readBackup(services.files.backups, named.id));
  };
  return { from: await side(input.from), to: await side(input.to), counts: { ...kept.actions }, ...found };
}

/** Identifies a state without opening a version, which does not change. */
async function stateOf(services: Services, at: At): Promise<string> {
  const named = copyNamed(String(at));
  if (named?.copy === 'sandbox')
    return withPlay(services, named.id, (db) => Promise.resolve(`${at} ${readHead(db).hash}`));
  if (named) return String(at);
  return pointAt(services.read, at).hash;
}
