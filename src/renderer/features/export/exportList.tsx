import type { CsvDelimiter, ListFormat, ListColumn } from '#shared/contract/export-list.ts';
import type { NumberStyle } from '../../i18n/styles.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Field } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { choiceName, displayTitle, typeNames } from '../../text/names.ts';
import { Checkbox, Radio } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { preferenceOf } from '../../stores/preferences.ts';
import styles from './export.module.css';
import type { Sort } from '#shared/contract/entities.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { api } from '../../api/client.ts';
import { shell } from '../../api/shell.ts';
import { bytesText } from '../../text/bytes.ts';
import { localDay } from '../../text/local-day.ts';
import { askDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { revealAction, writeFile } from './export-all.tsx';
import { stateFields } from '#shared/domain/states.ts';

const delimiters = [',', ';'] as const satisfies readonly CsvDelimiter[];
const delimiterNames = { ',': 'comma', ';': 'semicolon' } as const satisfies Record<CsvDelimiter, string>;

/** The delimiter that spreadsheets expect: with decimal commas, a comma cannot separate cells. */
function delimiterFor(numbers: NumberStyle): CsvDelimiter {
  return numbers === 'comma' ? ',' : ';';
}

export interface ListToExport {
  view: ListView;
  name: string;
  shownColumns: readonly ListedColumn[];
  allColumns: readonly ListedColumn[];
  matched: number;
  /** The selected rows: these ids, or all except these; null without a selection. */
  selected: { count: number; ids: readonly string[] } | { count: number; except: readonly string[] } | null;
}

export interface ExportChoices {
  format: ListFormat;
  delimiter: CsvDelimiter;
  rows: 'all' | 'selected';
  columns: 'shown' | 'all';
  /** Whether the file has columns with the ids of records and references. */
  hasIds: boolean;
}

export interface ListedColumn {
  key: string;
  label: string;
  field: Field | undefined;
}

type ExportColumn = Partial<ListColumn> & Pick<ListColumn, 'key' | 'label'>;

function valueNames({ key, field }: ListedColumn): Record<string, string> {
  const state = Object.values(stateFields).find((one) => one.key === key);
  const list = field === undefined && state ? state.list : field?.list;
  // Outcomes are named by their type, also in references.
  const outcomes = field?.kind === 'reference' ? vocabulary.outcome_type : [];
  return Object.fromEntries(
    [
      ...(list ? vocabulary[list] : []).map((value) => [value, choiceName(value)] as const),
      ...outcomes.map((value) => [value, displayTitle(value, 'outcome')] as const),
    ].filter(([value, name]) => value !== name),
  );
}

/** All columns of a file: the shown columns in order, then the others. */
export function allColumnsOf<C extends Pick<ListedColumn, 'key'>>({
  shownColumns,
  allColumns,
}: {
  shownColumns: readonly C[];
  allColumns: readonly C[];
}): readonly C[] {
  return [
    ...shownColumns,
    ...allColumns.filter(({ key }) => !shownColumns.some((column) => column.key === key)),
  ];
}

/** The export columns for columns of the grid; `withIds` adds the ids of records and references. */
export function exportColumns(columns: readonly ListedColumn[], withIds: boolean): ExportColumn[] {
  const idColumns: ExportColumn[] = withIds ? [{ key: 'id', label: say('records:field.id') }] : [];
  return [
    ...idColumns,
    ...columns.flatMap((column): ExportColumn[] => {
      const { key, field } = column;
      // Without the unit an import would have to guess it.
      const label = field?.unit === 'percent' ? `${column.label} %` : column.label;
      const valueColumn = { key, label, values: valueNames(column) };
      return withIds && field?.kind === 'reference'
        ? [valueColumn, { key, label: say('transfer:export.idOf', { field: label }), id: true }]
        : [valueColumn];
    }),
  ];
}

interface Props {
  list: ListToExport;
  onAnswer: (choices: ExportChoices | null) => void;
}

export function ExportForm({ list, onAnswer }: Props) {
  const { t } = useTexts('transfer');
  const { selected, shownColumns, allColumns, matched } = list;
  const defaultDelimiter = delimiterFor(preferenceOf('numbers'));
  const [choices, setChoices] = useState<ExportChoices>({
    format: 'csv',
    delimiter: defaultDelimiter,
    rows: selected ? 'selected' : 'all',
    columns: 'shown',
    hasIds: true,
  });
  const setChoice = <K extends keyof ExportChoices>(key: K, value: ExportChoices[K]): void =>
    setChoices({ ...choices, [key]: value });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    onAnswer(choices);
  };
  return (
    <form className={`stack gap-16 ${styles.form}`} onSubmit={submit}>
      <Radio.Group
        label={t('export.format')}
        value={choices.format === 'csv' ? `csv${choices.delimiter}` : choices.format}
        onChange={(value) => {
          const delimiter = delimiters.find((candidate) => value === `csv${candidate}`);
          setChoices({
            ...choices,
            ...(delimiter ? { format: 'csv', delimiter } : { format: 'xlsx' }),
          });
        }}
      >
        {delimiters.map((delimiter) => (
          <Radio
            key={delimiter}
            {...(delimiter === defaultDelimiter ? { 'data-autofocus': true } : {})}
            value={`csv${delimiter}`}
            label={t(`export.csv.${delimiterNames[delimiter]}`)}
            description={t(`export.csvHint.${delimiterNames[delimiter]}`)}
          />
        ))}
        <Radio value="xlsx" label={t('export.formats.xlsx')} description={t('export.xlsxHint')} />
      </Radio.Group>
      {selected ? (
        <Radio.Group
          label={t('care:tables.rows')}
          value={choices.rows}
          onChange={(value) => setChoice('rows', value)}
        >
          <Radio value="selected" label={t('export.selected', { count: selected.count })} />
          <Radio value="all" label={t('export.shown', { count: matched })} />
        </Radio.Group>
      ) : (
        <div className={`stack gap-8 small ${styles.rows}`}>
          <span>{t('care:tables.rows')}</span>
          <span className="num">{t('export.shown', { count: matched })}</span>
        </div>
      )}
      <Radio.Group
        label={t('grid:columns')}
        value={choices.columns}
        onChange={(value) => setChoice('columns', value)}
      >
        <Radio value="shown" label={t('export.shown', { count: shownColumns.length })} />
        <Radio value="all" label={t('past:compare.all', { count: allColumns.length })} />
      </Radio.Group>
      <Checkbox
        checked={choices.hasIds}
        onChange={(event) => setChoice('hasIds', event.currentTarget.checked)}
        label={t('export.ids')}
        description={t('export.idsHint')}
      />
      <FormButtons saveLabel={t('export.choose')} onCancel={() => onAnswer(null)} />
    </form>
  );
}

const maxSorts = 5;

export function exportSort({ type, group, sort }: Pick<ListView, 'type' | 'group' | 'sort'>): Sort[] {
  const listSort = sort.length > 0 ? sort : defaultSort(type);
  const groupSort = listSort.find(({ field }) => field === group);
  const leadingSort: Sort[] = group === '' ? [] : [groupSort ?? { field: group, direction: 'asc' }];
  return [...leadingSort, ...listSort.filter(({ field }) => field !== group)].slice(0, maxSorts);
}

/** A file name from the list’s name and the day, without characters that file systems refuse. */
export function fileName(name: string, format: ListFormat, now: Date): string {
  const safeName = name
    .replaceAll(/[/\\:*?"<>|\p{Cc}]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 120);
  return `${safeName} ${localDay(now)}.${format}`;
}

export async function askToExport(list: ListToExport): Promise<void> {
  const title = say('transfer:export.listTitle', { what: list.name });
  const choices = await askDialog<ExportChoices | null>({ title }, null, (answer) => (
    <ExportForm list={list} onAnswer={answer} />
  ));
  if (choices) await exportList(list, choices);
}

/** The format by the extension of a file name: in the system’s dialog, the user can choose another one. */
function formatByExtension(name: string, defaultFormat: ListFormat): ListFormat {
  if (/\.xlsx$/i.test(name)) return 'xlsx';
  return /\.csv$/i.test(name) ? 'csv' : defaultFormat;
}

async function exportList(list: ListToExport, choices: ExportChoices): Promise<void> {
  const { view, selected } = list;
  const suggested = fileName(list.name, choices.format, new Date());
  const target = await shell.chooseSaveFile({ purpose: 'export', suggested });
  if (!target) return;
  const { grant, name } = target;
  const selection = choices.rows === 'selected' ? selected : null;
  await writeFile(
    name,
    (signal) =>
      api.transfer.exportList(
        {
          grant,
          format: formatByExtension(name, choices.format),
          sign: choices.delimiter,
          type: view.type,
          filters: [...view.filters],
          search: view.search,
          deleted: view.deleted,
          sort: exportSort(view),
          ...(selection && 'ids' in selection ? { ids: [...selection.ids] } : {}),
          ...(selection && 'except' in selection ? { except: [...selection.except] } : {}),
          columns: exportColumns(
            choices.columns === 'all' ? allColumnsOf(list) : list.shownColumns,
            choices.hasIds,
          ),
          words: {
            yes: say('common:yes').toLowerCase(),
            no: say('common:no').toLowerCase(),
            sheet: typeNames(view.type),
            zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
            ours: say('transfer:export.ours'),
            own: say('transfer:export.own'),
          },
        },
        { signal },
      ),
    ({ rows, columns, bytes, file, cut }) => ({
      title: say('transfer:export.listDone', { rows, columns, name: file }),
      more: [bytesText(bytes), ...(cut > 0 ? [say('transfer:export.cut', { count: cut })] : [])].join(' · '),
      action: revealAction(grant),
    }),
  );
}
