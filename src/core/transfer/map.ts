import type { ImportPlan, Problem } from '#shared/contract/transfer.ts';
import { isoTime } from '../kernel/system.ts';
import type { Clock } from '../kernel/system.ts';
import type { Prepared } from './plan.ts';
import { countBy } from './summary.ts';

/** What `frames import` writes down beside an import: which id became which, and everything that was odd. */
export interface ImportMap {
  source_file: string;
  /** ISO 8601 in UTC. */
  timestamp: string;
  mode: 'dry-run' | 'import';
  /** Records by table. */
  counts: Record<string, number>;
  /** New ids by the file's, for each table; a record that had none stands under its JSON path. */
  ids: Record<string, Record<string, string>>;
  problems: readonly Problem[];
  /** How many problems there are, also those beyond the first 100,000 listed. */
  problem_count: number;
  duration_unit: ImportPlan['duration_unit'];
}

/** The map of an import that was worked out, whether it was made or only tried. */
export function importMap(
  source: string,
  prepared: Prepared,
  mode: ImportMap['mode'],
  clock: Clock,
): ImportMap {
  const ids = [...prepared.ids].map(([table, map]) => [table, Object.fromEntries(map)] as const);
  return {
    source_file: source,
    timestamp: isoTime(clock.now()),
    mode,
    counts: countBy(prepared.records),
    ids: Object.fromEntries(ids),
    problems: prepared.problems.list,
    problem_count: prepared.problems.total,
    duration_unit: prepared.duration_unit,
  };
}
