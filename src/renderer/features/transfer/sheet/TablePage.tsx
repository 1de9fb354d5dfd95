import { useTranslation } from 'react-i18next';
import { bytesText } from '../../../text/bytes.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { Changed } from '../import/Changed.tsx';
import { Columns } from './Columns.tsx';
import { Holds } from './Holds.tsx';
import { Mend } from './Mend.tsx';
import { Returned } from './Returned.tsx';
import { Rows } from './Rows.tsx';
import { SheetDecide } from './SheetDecide.tsx';
import type { Table } from './state.ts';
import { leadSentences } from './words.ts';

/** A table on one page: what it holds, what its columns mean, what is to mend, and how the first rows will be. */
export function TablePage({ table }: { table: Table }) {
  const { t } = useTranslation('sheets');
  const { file, view, preview, choices, checking } = table;
  return (
    <>
      <ViewHeader title={t('title', { name: file.name })}>
        <span className="dim num">{t('header', { size: bytesText(file.bytes), count: view.rows })}</span>
      </ViewHeader>
      <div className="import-preview">
        <div className="import-what sheet" aria-busy={preview === null}>
          <output className="sheet-lead" aria-busy={checking}>
            {preview ? leadSentences(preview, choices).join(' ') : t('decide.checking')}
          </output>
          <Returned count={table.returned} />
          <Holds table={table} />
          <Columns table={table} />
          {preview && (
            <>
              <Mend table={table} preview={preview} />
              <Changed plan={{ changed: preview.changed, updates: { all: preview.updates } }} />
              <Rows table={table} preview={preview} />
            </>
          )}
        </div>
        <SheetDecide table={table} />
      </div>
    </>
  );
}
