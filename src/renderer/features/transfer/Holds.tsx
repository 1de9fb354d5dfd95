import { MultiSelect, Select } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sheetTypes } from '#shared/contract/sheets.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import { counted, typeName } from '../../text/names.ts';
import { Notices } from './ReportNotices.tsx';
import { withType } from './choices.ts';
import { chooseOthers, decide, relayout } from './run.ts';
import type { Table } from './state.ts';
import { shortened } from './words.ts';
import styles from './sheet.module.css';

/** The contents of the file: record type, sheet, encoding and heading row. */
export function Holds({ table: { file, view, choices, layout, others, preview } }: { table: Table }) {
  const { t } = useTranslation(['sheets', 'common']);
  const chooseType = (value: string | null): void => {
    const type = sheetTypes.find((one) => one === value);
    if (type) decide((now) => withType(now, view, type));
  };
  return (
    <section className={styles.sheetPart} aria-labelledby="sheet-holds">
      <h2 id="sheet-holds">{t('step.table')}</h2>
      <div className="sheet-holds">
        <Select
          label={t('type')}
          allowDeselect={false}
          value={choices.type}
          data={sheetTypes.map((value) => ({ value, label: typeName(value) }))}
          onChange={chooseType}
        />
        {view.sheets.length > 1 && (
          <Select
            label={t('sheet')}
            allowDeselect={false}
            value={String(view.sheet)}
            data={view.sheets.map((label, index) => ({ value: String(index), label }))}
            onChange={(value) => value !== null && void relayout({ sheet: Number(value), header: null })}
          />
        )}
        {view.sheets.length > 1 && (
          <MultiSelect
            label={t('otherSheets')}
            placeholder={others.length === 0 ? t('noOtherSheets') : ''}
            value={others.map((one) => String(one.layout.sheet))}
            data={view.sheets.flatMap((label, index) =>
              index === view.sheet ? [] : [{ value: String(index), label }],
            )}
            onChange={(chosen) => void chooseOthers(chosen.map(Number))}
          />
        )}
        {view.format === 'csv' && 'grant' in file.source && (
          <Select
            label={t('encoding')}
            allowDeselect={false}
            searchable
            value={view.encoding}
            data={[...textEncodings]}
            onChange={(value) => {
              const encoding = textEncodings.find((one) => one === value);
              if (encoding) void relayout({ sheet: null, header: null, encoding });
            }}
          />
        )}
        <Select
          className={styles.sheetHeadings}
          label={t('headings')}
          allowDeselect={false}
          value={String(view.header)}
          data={[
            ...view.top.map(({ line, cells }) => ({
              value: String(line),
              label: t('headingLine', { line, cells: shortened(cells.filter(Boolean).join(', ')) }),
            })),
            { value: '0', label: t('common:none') },
          ]}
          onChange={(value) => value !== null && void relayout({ ...layout, header: Number(value) })}
        />
      </div>
      {preview?.others.map(
        ({ sheet, type, writes, along_count, skipped, matched: { undecided }, to_decide }) => (
          <p key={sheet} className={styles.sheetNotice}>
            <IconInfoCircle size={16} stroke={1.7} aria-hidden />
            {t('otherSheet', { sheet: view.sheets[sheet] ?? '', what: counted(type, writes - along_count) })}
            {skipped > 0 && ` ${t('lead.skipped', { count: skipped })}`}
            {undecided > 0 && ` ${t('lead.undecided', { count: undecided })}`}
            {to_decide > 0 && ` ${t('issue.title', { count: to_decide })}.`}
          </p>
        ),
      )}
      <Notices notices={preview?.report.notices ?? view.notices} />
    </section>
  );
}
