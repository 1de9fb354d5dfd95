import { useTranslation } from 'react-i18next';
import type { PointerEvent } from 'react';
import { columnLimits } from '../layout.ts';
import type { PlacedColumn } from '../layout.ts';

interface Props {
  column: PlacedColumn;
  /** The columns before it. */
  before: readonly PlacedColumn[];
  onResize: (key: string, width: number | null) => void;
}

/** The edge of a column: dragging it gives the column a width, a double click takes that back. */
export function ColumnEdge({ column, before, onResize }: Props) {
  const { t } = useTranslation('grid');
  const drag = (event: PointerEvent<HTMLSpanElement>): void => {
    event.preventDefault();
    const edge = event.currentTarget;
    const start = event.clientX;
    edge.setPointerCapture(event.pointerId);
    let held = false;
    const move = (at: globalThis.PointerEvent): void => {
      // Room that comes free or is taken would move the columns before it, and the edge away from the pointer.
      if (!held) for (const { key, size } of before) onResize(key, size);
      held = true;
      const width = column.size + at.clientX - start;
      onResize(column.key, Math.round(Math.min(columnLimits.most, Math.max(columnLimits.least, width))));
    };
    const end = (): void => {
      edge.removeEventListener('pointermove', move);
      edge.removeEventListener('pointerup', end);
      edge.removeEventListener('pointercancel', end);
    };
    edge.addEventListener('pointermove', move);
    edge.addEventListener('pointerup', end);
    edge.addEventListener('pointercancel', end);
  };
  return (
    <span
      className="column-edge"
      title={t('resize', { field: column.label })}
      aria-hidden
      onPointerDown={drag}
      onDoubleClick={() => onResize(column.key, null)}
    />
  );
}
