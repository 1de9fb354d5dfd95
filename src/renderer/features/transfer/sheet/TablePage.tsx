import { Button } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SheetPreview, SheetRow } from '#shared/contract/sheets.ts';
import { bytesText } from '../../../text/bytes.ts';
import { fieldName } from '../../../text/names.ts';
import { ViewHeader } from '../../../ui/ViewHeader.tsx';
import { Changed } from '../import/Preview.tsx';
import { Columns } from './Columns.tsx';
import { Holds } from './Holds.tsx';
import { Mend } from './Mend.tsx';
import { SheetDecide } from './SheetDecide.tsx';
import { beginAnew } from './run.ts';
import type { Table } from './state.ts';
import { leadSentences, shownValue } from './words.ts';

/** That corrections of an import that was not finished are back, and the way to do without them. */
export function Returned({ count }: { count: number }) {
  const { t } = useTranslation('sheets');
  if (count === 0) return null;
  return (
    <output className="mend-all">
      <span>{t('unfinished.back', { count })}</span>
      <Button size="xs" variant="default" onClick={beginAnew}>
        {t('unfinished.anew')}
      </Button>
    </output>
  );
}

const tones: Readonly<Record<SheetRow['effect'], string>> = {
  create: 'ok',
  update: 'plain',
  restore: 'plain',
  unchanged: 'plain',
  skipped: 'bad',
  undecided: 'warn',
};

/** The first rows of the table as the records they will be. */
export function Rows({ table, preview }: { table: Table; preview: SheetPreview }) {
  const { t } = useTranslation('sheets');
  const { choices, checking } = table;
  const { sample, titles, rows } = preview;
  const days = new Set(preview.date_columns.map(({ column }) => column));
  const fields = choices.columns.flatMap((target, at) => {
    if (target.to === 'field') return [{ key: target.field, label: fieldName(target.field), own: undefined }];
    const own = days.has(at) ? ('date' as const) : undefined;
    return target.to === 'own' ? [{ key: target.name, label: target.name, own }] : [];
  });
  return (
    <section className="sheet-part" aria-labelledby="sheet-rows">
      <h2 id="sheet-rows">{t('step.rows')}</h2>
      {/* A wide table scrolls by itself; the page does not. Keys scroll what has the focus. */}
      <section
        className="sheet-scroll"
        aria-label={t('rows.label')}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- else no key reaches the columns on the right
        tabIndex={0}
        aria-busy={checking}
      >
        <table className="sheet-rows">
          <thead>
            <tr>
              <th scope="col" className="num">
                {t('rows.line')}
              </th>
              <th scope="col">{t('rows.effect')}</th>
              {fields.map(({ key, label }) => (
                <th key={key} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {sample.map(({ line, effect, payload, flagged }) => (
              <tr key={line} className={effect === 'skipped' ? 'sheet-left' : undefined}>
                <td className="num dim">{line}</td>
                <td>
                  <span className={`pill pill-${tones[effect]}`}>{t(`rows.${effect}`)}</span>
                </td>
                {fields.map(({ key, own }) => {
                  const text = shownValue(choices.type, key, payload[key], titles, own);
                  return (
                    <td key={key} className="cut" title={text}>
                      {flagged.includes(key) && (
                        <IconAlertTriangle
                          size={14}
                          stroke={1.8}
                          className="sheet-flag"
                          aria-label={t('rows.flagged')}
                        />
                      )}
                      {text === '' ? <span className="dim">–</span> : text}
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows > sample.length && <p className="dim">{t('rows.more', { count: sample.length, rows })}</p>}
    </section>
  );
}

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
