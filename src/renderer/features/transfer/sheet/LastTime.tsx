import { IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SheetPreview, ValueRule } from '#shared/contract/sheets.ts';
import { CorrectionLines, valueCorrection } from './Corrections.tsx';
import type { Table } from './state.ts';

/** So many are shown at once; the others on demand. */
const shown = 4;

/** The choices about values that come from the last time and that this table has a value for. */
export function readAsLastTime({ choices, recalled }: Table, preview: SheetPreview): readonly ValueRule[] {
  const used = new Set(preview.values_used.map(({ column, value }) => `${column} ${value}`));
  const before = new Set(recalled);
  return choices.values.filter((rule) => before.has(rule) && used.has(`${rule.column} ${rule.value}`));
}

/** What is decided as it was for an earlier table with these headings, before anything else: nobody said it of this one. */
export function LastTime({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTranslation('sheets');
  const [open, setOpen] = useState(false);
  const rules = readAsLastTime(table, preview);
  if (rules.length === 0) return null;
  const rest = rules.length - shown;
  return (
    <div className="mended last-time">
      <h3>{t('mended.lastTime', { count: rules.length })}</h3>
      <CorrectionLines
        all={(open || rest <= 1 ? rules : rules.slice(0, shown)).map((rule) => valueCorrection(rule, table))}
      />
      {rest > 1 && (
        <button type="button" className="problem-group" aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight size={15} stroke={1.8} className={open ? 'turned' : ''} />
          {t('mended.lastTimeMore', { count: rest })}
        </button>
      )}
    </div>
  );
}
