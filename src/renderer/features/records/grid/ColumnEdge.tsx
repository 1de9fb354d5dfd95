import { useTranslation } from 'react-i18next';
import type { MouseEvent, PointerEvent } from 'react';
import { followPointer } from '../../../ui/drag.ts';
import type { PlacedColumn } from '../place.ts';
import { fitWidth } from './fit.ts';

interface Props {
  column: PlacedColumn;
  /** The columns before it. */
  before: readonly PlacedColumn[];
  onResize: (key: string, width: number | null) => void;
}

/** The edge of a column: dragging it gives the column a width, a double click the one that its content needs. */
export function ColumnEdge({ column, before, onResize }: Props) {
  const { t } = useTranslation('grid');
  const drag = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    event.stopPropagation();
    const start = event.clientX;
    let held = false;
    followPointer(event, (at) => {
      // Room that comes free or is taken would move the columns before it, and the edge away from the pointer.
      if (!held) for (const { key, size } of before) onResize(key, size);
      held = true;
      onResize(column.key, column.size + at.clientX - start);
    });
  };
  const fit = (event: MouseEvent<HTMLSpanElement>): void => {
    const grid = event.currentTarget.closest('.grid');
    if (grid) onResize(column.key, fitWidth(grid, column.key, before.length));
  };
  return (
    <span
      className="column-edge"
      title={t('resize', { field: column.label })}
      aria-hidden
      onPointerDown={drag}
      onDoubleClick={fit}
    />
  );
}
