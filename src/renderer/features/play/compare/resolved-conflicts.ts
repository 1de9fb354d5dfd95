import type { Difference } from '#shared/contract/compare.ts';
import { decisionOf, isLeftOut, conflictsOf } from './choices.ts';
import type { Choices } from './choices.ts';

/** `promote` merges into live, `refresh` from live into the open sandbox. */
export type Direction = 'promote' | 'refresh';

type Side = 'play' | 'live';

/** A decided conflict: one side's value is kept, the other's is not. */
export interface ResolvedConflict {
  row: Difference;
  /** Null for the record as a whole. */
  field: string | null;
  kept: Side;
  dropped: Side;
}

interface MergeOptions {
  direction: Direction;
  choices: Choices;
  /** The default for undecided conflicts. */
  fallback: 'ask' | Side;
}

/** The decided conflicts: values `overwritten` in the target, and values of the source `dropped`. */
export function resolvedConflicts(
  rows: readonly Difference[],
  { direction, choices, fallback }: MergeOptions,
): { overwritten: ResolvedConflict[]; dropped: ResolvedConflict[] } {
  const source = direction === 'promote' ? 'play' : 'live';
  const resolved = rows
    .filter((row) => direction === 'refresh' || !isLeftOut(choices, row))
    .flatMap((row) =>
      conflictsOf(row).flatMap((field): ResolvedConflict[] => {
        const kept = decisionOf(choices, row, field) ?? fallback;
        return kept === 'ask' ? [] : [{ row, field, kept, dropped: kept === 'play' ? 'live' : 'play' }];
      }),
    );
  return {
    overwritten: resolved.filter(({ kept }) => kept === source),
    dropped: resolved.filter(({ kept }) => kept !== source),
  };
}

/** Whether promoting a selected record changes nothing: all its conflicts keep live, and the sandbox changed nothing else. */
export function keepsLive(choices: Choices, row: Difference): boolean {
  const conflicts = conflictsOf(row);
  const hasOtherChanges = row.conflict === 'field' && row.fields.some((one) => one.class === 'play');
  return (
    conflicts.length > 0 &&
    !hasOtherChanges &&
    conflicts.every((field) => decisionOf(choices, row, field) === 'live')
  );
}
