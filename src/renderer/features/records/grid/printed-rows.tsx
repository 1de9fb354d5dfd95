import { useCallback, useMemo } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useIsPrinting, usePrintPreparation } from '../../../stores/printing.ts';
import type { Rows } from '../data/rows.ts';

/** More rows are not printed: 30 pages. */
const most = 1000;

/** Reads the rows that are to be printed. Gives the places of those that are there while the view is printed, else null. */
export function usePrintedRows(rows: Rows): readonly number[] | null {
  const { read } = rows;
  usePrintPreparation(
    useCallback(async () => {
      // What cannot be read is not printed; the count says so.
      await read(0, most - 1).catch(() => {});
    }, [read]),
  );
  const isPrinting = useIsPrinting();
  return useMemo(() => {
    if (!isPrinting) return null;
    const places = Array.from({ length: Math.min(rows.count ?? 0, most) }, (_, row) => row);
    return places.filter((row) => rows.at(row) ?? rows.group(row));
  }, [isPrinting, rows]);
}

/** On paper, above the rows: how many of how many are printed. */
export function PrintedCount({ rows, printed }: { rows: Rows; printed: readonly number[] }) {
  const { t } = useTexts('grid');
  const shown = printed.filter((row) => rows.at(row)).length;
  return (
    <p className="print-note" role="presentation">
      {t('printed', { shown, count: rows.matched ?? shown })}
    </p>
  );
}
