import type { Summary } from '#shared/contract/bulk.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import type { Rows } from '../data/rows.ts';
import type { FilterField } from '../filters/model.ts';
import type { PlacedColumn } from '../place.ts';
import { ComingRow, GridRow } from './GridRow.tsx';
import { GroupRow } from './GroupRow.tsx';
import type { CellRange } from './range.ts';
import { isPicked } from './state.ts';
import type { GridState } from './state.ts';

interface Props {
  rows: Rows;
  row: number;
  top: number;
  columns: readonly PlacedColumn[];
  groupField: FilterField | null;
  summaries: readonly Summary[];
  /** Column of the cursor when it is in this row, else -1. */
  at: number;
  state: Pick<GridState, 'picked' | 'allBut' | 'editing'>;
  range: CellRange | null;
  openId: string | null;
  /** Why a record cannot be changed; null where none is. */
  whyNot: ((record: EntityRecord) => string | null) | null;
}

function edgesOf(range: CellRange, row: number): string {
  return `${row === range.top ? 'range-top ' : ''}${row === range.bottom ? 'range-bottom' : ''}`;
}

/** One line of the grid: a record, a record on its way, or the line of a group. What it hands on changes only with what is shown. */
export function GridLine(props: Props) {
  const { rows, row, top, columns, groupField, summaries, at, state, range, openId, whyNot } = props;
  const group = rows.group(row);
  if (group && groupField) {
    return (
      <GroupRow
        group={group}
        field={groupField}
        row={row}
        top={top}
        columns={columns}
        summaries={summaries}
        at={at}
      />
    );
  }
  const record = rows.at(row);
  if (!record) return <ComingRow row={row} top={top} columns={columns} />;
  const inRange = range && row >= range.top && row <= range.bottom ? range : null;
  return (
    <GridRow
      record={record}
      row={row}
      top={top}
      columns={columns}
      at={at}
      picked={isPicked(state, record.id)}
      open={record.id === openId}
      editing={at >= 0 ? state.editing : null}
      from={inRange?.left ?? -1}
      to={inRange?.right ?? -1}
      edges={inRange ? edgesOf(inRange, row) : ''}
      locked={whyNot?.(record) ?? null}
      level={rows.groups ? 2 : undefined}
    />
  );
}
