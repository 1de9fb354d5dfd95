import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openTab } from '../../../stores/address.ts';
import { leftOf } from './leftOf.ts';
import type { SheetResult, Table } from './state.ts';

/** So many are listed. */
const shown = 20;

/** What came in as it was and is still to mend, each with the records it is about. */
export function Left({ table, result }: { table: Table; result: SheetResult }) {
  const { t } = useTranslation('sheets');
  const { lines, held } = leftOf(table.preview?.problems ?? [], table.choices.type, result.started_at);
  if (lines.length === 0) return null;
  const rest = lines.length - shown;
  return (
    <section aria-labelledby="sheet-left">
      <h2 id="sheet-left">{t('done.left')}</h2>
      <p className="dim">{t('done.leftHint')}</p>
      <ul className="import-links">
        {lines.slice(0, shown).map(({ text, view }) => (
          <li key={text}>
            <span className="num">{text}</span>
            <Button
              size="xs"
              variant="default"
              aria-label={`${t('done.showLeft')}: ${text}`}
              onClick={() => openTab(view)}
            >
              {t('done.showLeft')}
            </Button>
          </li>
        ))}
      </ul>
      {rest > 0 && <p className="dim">{t('done.leftMore', { count: rest })}</p>}
      {held > 0 && <p className="dim">{t('done.leftHeld', { count: held })}</p>}
    </section>
  );
}
