import { useTranslation } from 'react-i18next';
import { openTab } from '../../../stores/address.ts';
import { DeedLine } from '../../../ui/DeedLine.tsx';
import { leftOf } from './leftOf.ts';
import type { SheetResult, Table } from './state.ts';

/** So many are listed. */
const shown = 20;

/** What came in as it was and is still to mend, each with the records it is about. */
export function Left({ table, result }: { table: Table; result: SheetResult }) {
  const { t } = useTranslation('sheets');
  const { preview, choices, view: read } = table;
  const headings = read.columns.map(({ name }) => name);
  const { lines, held } = leftOf(preview?.problems ?? [], choices.type, result.started_at, headings);
  if (lines.length === 0) return null;
  const rest = lines.length - shown;
  return (
    <section aria-labelledby="sheet-left">
      <h2 id="sheet-left">{t('done.left')}</h2>
      <p className="dim">{t('done.leftHint')}</p>
      <ul className="import-links import-left">
        {lines.slice(0, shown).map(({ text, view }) => (
          <DeedLine key={text} text={text} deed={t('done.showLeft')} onDeed={() => openTab(view)} />
        ))}
      </ul>
      {rest > 0 && <p className="dim">{t('done.leftMore', { count: rest })}</p>}
      {held > 0 && <p className="dim">{t('done.leftHeld', { count: held })}</p>}
    </section>
  );
}
