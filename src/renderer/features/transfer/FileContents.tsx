import { Checkbox, MultiSelect, SegmentedControl, Select } from '@mantine/core';
import { IconInfoCircle } from '@tabler/icons-react';
import { sheetTypes } from '#shared/contract/sheets.ts';
import type { SheetType } from '#shared/contract/sheets.ts';
import { useTexts } from '../../i18n/setup.ts';
import { countedRecords, typeName, typeNames } from '../../text/names.ts';
import { EncodingSelect } from './Doubts.tsx';
import { Notices } from './ReportNotices.tsx';
import { chooseOtherSheets, chooseRows, changeSheetLayout, showPart } from './run.ts';
import { partsOfSheet } from './state.ts';
import type { Table } from './state.ts';
import { outcomesOf, shortenText } from './sentences.ts';
import styles from './sheet.module.css';

/** The option that takes the type of each row from a column of the table. */
const typeByColumn = 'each';

function RowType({ table: { view, choices } }: { table: Table }) {
  const { t } = useTexts('sheets');
  const column = view.type_column === null ? undefined : view.columns[view.type_column];
  const hasTypeColumn = column !== undefined && view.row_types.length > 1;
  return (
    <Select
      label={t('type')}
      value={choices.elsewhere.length > 0 ? typeByColumn : choices.type}
      data={[
        ...(hasTypeColumn ? [{ value: typeByColumn, label: t('asSaid', { column: column.name }) }] : []),
        ...sheetTypes.map((value) => ({ value, label: typeName(value) })),
      ]}
      onChange={(value) => chooseRows(sheetTypes.find((type) => type === value) ?? null)}
    />
  );
}

/** The rows of each type given by a column, shown one type at a time. */
function PartSwitch({ table }: { table: Table }) {
  const { t } = useTexts('sheets');
  const { choices, preview, view } = table;
  const parts = [table, ...partsOfSheet(table)];
  if (parts.length < 2) return null;
  const recordCount = (sheetType: SheetType): number | undefined => {
    const outcome = (preview ? outcomesOf(preview) : []).find(
      ({ sheet, type }) => sheet === view.sheet && type === sheetType,
    );
    return outcome && outcome.rows - outcome.skipped;
  };
  // The types have a fixed order, so that the buttons do not move.
  const types = sheetTypes.filter((type) => parts.some((part) => part.choices.type === type));
  return (
    <div className="row wrap gap-8 small mt-8">
      <span id="sheet-parts">{t('parts')}</span>
      <SegmentedControl
        aria-labelledby="sheet-parts"
        value={choices.type}
        data={types.map((type) => {
          const count = recordCount(type);
          return { value: type, label: count === undefined ? typeNames(type) : countedRecords(type, count) };
        })}
        onChange={(value) => {
          const type = sheetTypes.find((one) => one === value);
          if (type) showPart(type);
        }}
      />
    </div>
  );
}

export function FileContents({ table }: { table: Table }) {
  const { t } = useTexts('sheets');
  const { file, view, layout, others, preview } = table;
  const otherSheetIds = [...new Set(others.map((part) => part.view.sheet))].filter(
    (sheet) => sheet !== view.sheet,
  );
  const sheetLabels = view.sheets.map((name, index) =>
    index < view.sheets.length - view.hidden_sheets ? name : t('hiddenSheet', { name }),
  );
  const hasHidden = view.notices.some(({ code }) => code === 'hidden_rows' || code === 'hidden_columns');
  const otherSheets = (preview?.others ?? []).filter(({ sheet }) => sheet !== view.sheet);
  return (
    <section className={styles.sheetPart} aria-labelledby="sheet-holds">
      <h2 id="sheet-holds">{t('step.table')}</h2>
      <div className="flex wrap gap-12 mt-8 sheet-holds">
        <RowType table={table} />
        {view.sheets.length > 1 && (
          <Select
            label={t('sheet')}
            value={String(view.sheet)}
            data={sheetLabels.map((label, index) => ({ value: String(index), label }))}
            onChange={(value) =>
              value !== null && void changeSheetLayout({ sheet: Number(value), header: null })
            }
          />
        )}
        {view.sheets.length > 1 && (
          <MultiSelect
            label={t('otherSheets')}
            placeholder={otherSheetIds.length === 0 ? t('noOtherSheets') : ''}
            value={otherSheetIds.map(String)}
            data={sheetLabels.flatMap((label, index) =>
              index === view.sheet ? [] : [{ value: String(index), label }],
            )}
            onChange={(chosen) => void chooseOtherSheets(chosen.map(Number))}
          />
        )}
        {view.format === 'csv' && 'grant' in file.source && (
          <EncodingSelect
            encoding={view.encoding}
            onChoose={(encoding) => void changeSheetLayout({ sheet: null, header: null, encoding })}
          />
        )}
        <Select
          className={styles.sheetHeadings}
          label={t('headings')}
          value={String(view.header)}
          data={[
            ...view.top.map(({ line, cells }) => ({
              value: String(line),
              label: t('headingLine', { line, cells: shortenText(cells.filter(Boolean).join(', ')) }),
            })),
            { value: '0', label: t('common:none') },
          ]}
          onChange={(value) => value !== null && void changeSheetLayout({ ...layout, header: Number(value) })}
        />
      </div>
      {(hasHidden || layout.hidden === true) && (
        <Checkbox
          mt={8}
          label={t('withHidden')}
          checked={layout.hidden === true}
          onChange={(event) => void changeSheetLayout({ ...layout, hidden: event.currentTarget.checked })}
        />
      )}
      <PartSwitch table={table} />
      {otherSheets.map(({ sheet, type, writes, along_count, skipped, matched: { undecided }, to_decide }) => (
        <p key={`${sheet} ${type}`} className={`row gap-8 small dim mt-8 ${styles.sheetNotice}`}>
          <IconInfoCircle size={16} stroke={1.7} aria-hidden />
          {t('otherSheet', {
            sheet: view.sheets[sheet] ?? '',
            what: countedRecords(type, writes - along_count),
          })}
          {skipped > 0 && ` ${t('lead.skipped', { count: skipped })}`}
          {undecided > 0 && ` ${t('lead.undecided', { count: undecided })}`}
          {to_decide > 0 && ` ${t('issue.title', { count: to_decide })}.`}
        </p>
      ))}
      <Notices notices={preview?.report.notices ?? view.notices} />
    </section>
  );
}
