import type { ColumnTarget, SheetType } from '#shared/contract/sheets.ts';
import { fieldOf } from '#shared/domain/entities.ts';
import { isBlank } from '../cell.ts';
import type { Line } from '../cell.ts';
import type { ColumnValues } from './column-values.ts';

const minRows = 4;
const minDistinctShare = 0.9;

/**
 * Finds columns that seem to name a group only in its first row: each value occurs once, the first row has one, and at least half of the
 * cells are empty. Only references and the first column can be such a group.
 */
export function findUnfilledGroups(
  type: SheetType,
  targets: readonly ColumnTarget[],
  samples: readonly ColumnValues[],
  rows: readonly Line[],
): number[] {
  const [firstRow] = rows;
  return [...samples.entries()].flatMap(([column, values]) => {
    const isGroup =
      canBeGroup(type, targets[column], column) &&
      !isBlank(firstRow?.cells[column]) &&
      values.count > 1 &&
      rows.length >= minRows &&
      values.count <= rows.length / 2 &&
      values.distinct >= minDistinctShare &&
      values.share('letters') > 0.9;
    return isGroup ? [column] : [];
  });
}

function canBeGroup(type: SheetType, target: ColumnTarget | undefined, column: number): boolean {
  if (target?.to === 'field') return fieldOf(type, target.field)?.kind === 'reference';
  return target?.to === 'own' && column === 0;
}
