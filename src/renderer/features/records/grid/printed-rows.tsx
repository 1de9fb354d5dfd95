import { useCallback, useMemo } from 'react';
import { useTexts } from '../../../i18n/setup.ts';
import { useIsPrinting, usePrintPreparation } from '../../../stores/printing.ts';
import type { Rows } from '../data/rows.ts';

/** At most 30 pages are printed. */
const most = 1000;

/** Reads the rows to print. Returns the positions of those that were read while printing, else null. */
export function usePrintedRows(rows: Rows): readonly number[] | null {
  const { read } = rows;
  usePrintPreparation(
    useCallback(async () => {
      // Unreadable rows are not printed; the count says so.
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

/** The printed count above the rows. */
export function PrintedCount({ rows, printed }: { rows: Rows; printed: readonly number[] }) {
  const { t } = useTexts('grid');
  const shown = printed.filter((row) => rows.at(row)).length;
  return (
    <p className="print-note" role="presentation">
      {t('printed', { shown, count: rows.matched ?? shown })}
    </p>
  );
}
