import { Button, Select } from '@mantine/core';
import { IconHelpCircle } from '@tabler/icons-react';
import type { EncodingReading } from '#shared/contract/import-report.ts';
import { sheetTypes, typesByTitle } from '#shared/contract/sheets.ts';
import type { SheetType, SheetView } from '#shared/contract/sheets.ts';
import { textEncodings } from '#shared/domain/encodings.ts';
import type { TextEncoding } from '#shared/domain/encodings.ts';
import { useTexts } from '../../i18n/setup.ts';
import { fieldName, typeName } from '../../text/names.ts';
import { groupDoubt, hasOpenDoubts, openDoubts, withSettled } from './choices.ts';
import { changeChoices, changeSheetLayout, chooseColumn, chooseRows, fillFromAbove } from './run.ts';
import type { Table } from './state.ts';

function Question({ title, hint, children }: { title: string; hint: string; children: React.ReactNode }) {
  return (
    <div className="stack gap-8">
      <p className="row gap-8 strong">
        <IconHelpCircle size={16} stroke={1.7} aria-hidden />
        {title}
      </p>
      <p className="small dim">{hint}</p>
      <div className="row wrap gap-8">{children}</div>
    </div>
  );
}

/** The readings of a text whose encoding is unclear. */
export function EncodingQuestion({
  readings,
  onChoose,
}: {
  readings: readonly EncodingReading[];
  onChoose: (encoding: TextEncoding) => void;
}) {
  const { t } = useTexts('sheets');
  return (
    <Question title={t('doubt.encoding')} hint={t('doubt.encodingHint')}>
      {readings.map(({ encoding, sample }) => (
        <Button key={encoding} size="xs" title={encoding} onClick={() => onChoose(encoding)}>
          {sample}
        </Button>
      ))}
    </Question>
  );
}

/** The encoding of a text file, with a guessed or declared one chosen. */
export function EncodingSelect({
  encoding,
  onChoose,
}: {
  encoding: string;
  onChoose: (encoding: TextEncoding) => void;
}) {
  const { t } = useTexts('sheets');
  return (
    <Select
      label={t('encoding')}
      searchable
      value={encoding}
      data={[...textEncodings]}
      onChange={(value) => {
        const chosen = textEncodings.find((one) => one === value);
        if (chosen) onChoose(chosen);
      }}
    />
  );
}

function ColumnButtons({
  view,
  columns,
  field,
}: {
  view: SheetView;
  columns: readonly number[];
  field: string;
}) {
  const { t } = useTexts('sheets');
  return columns.map((index) => {
    const { name = '', samples = [] } = view.columns[index] ?? {};
    return (
      <Button
        key={index}
        size="xs"
        title={samples.join('\n')}
        onClick={() => void chooseColumn(index, { to: 'field', field })}
      >
        {t('doubt.column', { name, example: samples[0] ?? '' })}
      </Button>
    );
  });
}

/** What the table does not tell: its encoding, the type of its rows, and which columns have their names and what such tables are for. */
export function Doubts({ table: { view, layout, choices } }: { table: Table }) {
  const { t } = useTexts('sheets');
  if (!hasOpenDoubts(view, choices)) return null;
  const { types, names, titled, roles, groups, encodings } = openDoubts(view, choices);
  const candidates: readonly SheetType[] = types?.length === 0 ? sheetTypes : (types ?? []);
  const columns = [...view.columns.keys()].filter((index) =>
    view.columns[index]?.samples.some((sample) => /\p{L}/u.test(sample)),
  );
  return (
    <section className="card stack gap-16 pad-16 mt-16" aria-label={t('doubt.title')}>
      {encodings.length > 0 && (
        <EncodingQuestion
          readings={encodings}
          onChoose={(encoding) => void changeSheetLayout({ sheet: null, header: null, encoding })}
        />
      )}
      {types !== null && (
        <Question title={t('doubt.type')} hint={t(types.length === 0 ? 'doubt.noType' : 'doubt.someTypes')}>
          {candidates.map((type) => (
            <Button key={type} size="xs" onClick={() => chooseRows(type)}>
              {typeName(type)}
            </Button>
          ))}
          {view.doubts.type_column !== null && (
            <Button
              size="xs"
              onClick={() =>
                void changeSheetLayout({ ...layout, type_column: view.doubts.type_column ?? undefined })
              }
            >
              {t('asSaid', { column: view.columns[view.doubts.type_column]?.name ?? '' })}
            </Button>
          )}
        </Question>
      )}
      {names !== null && (
        <Question
          title={t('doubt.name')}
          hint={
            names.guessed === null
              ? t('doubt.noName', { type: typeName(choices.type) })
              : t('doubt.nameHint', { column: view.columns[names.guessed]?.name ?? '' })
          }
        >
          <ColumnButtons view={view} columns={columns} field="name" />
        </Question>
      )}
      {types === null && titled !== null && (
        <Question title={t('doubt.titled', titled)} hint={t('doubt.titledHint')}>
          <Button size="xs" onClick={() => void changeSheetLayout({ ...layout, type_column: typesByTitle })}>
            {typeName('faculty')}
          </Button>
          <Button size="xs" onClick={() => changeChoices((current) => withSettled(current, 'titled'))}>
            {typeName('student')}
          </Button>
        </Question>
      )}
      {types === null &&
        roles.map(({ field, columns: candidates }) => (
          <Question
            key={field}
            title={t('doubt.role', { field: fieldName(field) })}
            hint={t('doubt.roleHint')}
          >
            <ColumnButtons view={view} columns={candidates} field={field} />
            <Button
              size="xs"
              variant="default"
              onClick={() => changeChoices((current) => withSettled(current, field))}
            >
              {t('doubt.noColumn')}
            </Button>
          </Question>
        ))}
      {types === null &&
        groups.map((index) => {
          const { name = '', filled = 0 } = view.columns[index] ?? {};
          return (
            <Question
              key={index}
              title={t('doubt.group', { name })}
              hint={t('doubt.groupHint', { count: filled, rows: view.rows })}
            >
              <Button size="xs" onClick={() => void fillFromAbove(index, true)}>
                {t('column.fillFromAbove')}
              </Button>
              <Button
                size="xs"
                variant="default"
                onClick={() => changeChoices((current) => withSettled(current, groupDoubt(index)))}
              >
                {t('doubt.leaveEmpty')}
              </Button>
            </Question>
          );
        })}
    </section>
  );
}
