import type { ImportPlan, ImportResult } from '#shared/contract/transfer.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { entityTypes, tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Looked } from './state.ts';

type Counts = Readonly<Record<string, number>>;

/** What one kind of record in a file will do. */
export interface PlanLine {
  type: EntityType;
  inFile: number;
  creates: number;
  updates: number;
  restores: number;
  unchanged: number;
  /** A few of them by name. */
  sample: readonly string[];
}

/** The kinds of record that a file has, in the order in which they are always shown. */
export function planLines(plan: ImportPlan): PlanLine[] {
  return entityTypes.flatMap((type) => {
    const table = tableOf[type];
    const inFile = plan.counts[table] ?? 0;
    if (inFile === 0) return [];
    const sample = (plan.sample[table] ?? []).map(({ title, id }) => (title.trim() === '' ? id : title));
    const of = (counts: Counts): number => counts[table] ?? 0;
    return [
      {
        type,
        inFile,
        creates: of(plan.creates),
        updates: of(plan.updates),
        restores: of(plan.restores),
        unchanged: of(plan.unchanged),
        sample,
      },
    ];
  });
}

/** How many records an import would write. */
export function writes(plan: ImportPlan): number {
  return sumOf(plan.creates) + sumOf(plan.updates) + sumOf(plan.restores);
}

/** What is decided before the person has decided: into records that are there only after a backup and only when told to. */
export function firstChoices(plan: ImportPlan): Pick<Looked, 'force' | 'backup'> {
  return { force: false, backup: !plan.workspace_empty };
}

/** True when the person still has to agree that records which are there are changed. */
export function needsConsent({ plan, force }: Pick<Looked, 'plan' | 'force'>): boolean {
  return !plan.workspace_empty && !force;
}

/** What an import did by table, whether it made, changed or brought back. */
export function importSum({
  created,
  updated,
  restored,
}: Pick<ImportResult, 'created' | 'updated' | 'restored'>): Record<string, number> {
  const tables = new Set([created, updated, restored].flatMap((counts) => Object.keys(counts)));
  return Object.fromEntries(
    [...tables].map((table) => [
      table,
      (created[table] ?? 0) + (updated[table] ?? 0) + (restored[table] ?? 0),
    ]),
  );
}
