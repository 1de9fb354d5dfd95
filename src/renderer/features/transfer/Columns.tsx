import { ActionIcon, Button, Select, TextInput } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import type { ColumnTarget, SheetPreview } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { fieldName, inSentence, typeName, capitalised } from '../../text/names.ts';
import { countColumnsTo, parseTarget, targetValue } from './choices.ts';
import { changeSheetLayout, chooseColumn, fillFromAbove, guessAgain, leaveOutCustomColumns } from './run.ts';
import { restName } from './sentences.ts';
import type { Table } from './state.ts';
import styles from './sheet.module.css';

function targetNote(
  target: ColumnTarget,
  dateColumn: SheetPreview['date_columns'][number] | undefined,
): string {
  if (target.to === 'own') return dateColumn ? say('sheets:about.dates', { ...dateColumn }) : '';
  if (target.to === 'name_part' && target.part === 'salutation') return say('sheets:about.salutation');
  if (target.to === 'ignore') return target.why === undefined ? '' : say(`sheets:about.${target.why}`);
  if (target.to === 'university_of') return say('sheets:about.id_of');
  if (target.to === 'rest_of') return say('sheets:about.rest_of', { field: fieldName(target.field) });
  return target.to === 'field' ? '' : say(`sheets:about.${target.to}`);
}

/** The option that takes the type of each row from a column. */
const rowType = 'row_type';

/** The name of the custom field that a column becomes. */
function OwnName({
  heading,
  name,
  onRename,
}: {
  heading: string;
  name: string;
  onRename: (name: string) => void;
}) {
  const { t } = useTexts('sheets');
  return (
    <TextInput
      size="xs"
      className={styles.sheetOwn}
      aria-label={t('column.ownName', { name: heading })}
      defaultValue={name}
      maxLength={200}
      onBlur={({ currentTarget: { value } }) => {
        if (value.trim() !== '' && value.trim() !== name) onRename(value.trim());
      }}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Enter') currentTarget.blur();
      }}
    />
  );
}

/** With more filled cells, a column hardly has groups of rows. */
const maxFilledShare = 0.75;

/** Fills the empty cells of a column with the value above them, and takes that back. */
function FillButton({ table: { view, layout }, index }: { table: Table; index: number }) {
  const { t } = useTexts('sheets');
  const isFilled = layout.fill_down?.includes(index) === true;
  const { filled = 0 } = view.columns[index] ?? {};
  if (!isFilled && (filled === 0 || filled > view.rows * maxFilledShare)) return null;
  return (
    <Button size="compact-xs" variant="subtle" px={0} onClick={() => void fillFromAbove(index, !isFilled)}>
      {t(isFilled ? 'column.undoFill' : 'column.fillFromAbove')}
    </Button>
  );
}

function Column({ table, index }: { table: Table; index: number }) {
  const { t } = useTexts('sheets');
  const { view, layout, choices, preview } = table;
  const dateColumn = preview?.date_columns.find((candidate) => candidate.column === index);
  const column = view.columns[index];
  const target = choices.columns[index];
  if (!column || !target) return null;
  const { name, samples, filled } = column;
  const hasRowTypes = view.type_column === index && choices.elsewhere.length > 0;
  const isTypeColumn = hasRowTypes && target.to === 'ignore';
  const choose = (chosen: ColumnTarget | null): void => void chooseColumn(index, chosen);
  const fields = fieldsOf(choices.type).filter(({ key, kind }) => kind !== 'json' || key === 'meta');
  const references = fields.filter(({ kind }) => kind === 'reference');
  return (
    <tr className={target.to === 'ignore' && !isTypeColumn ? 'sheet-left' : undefined}>
      <th scope="row">
        <span className="cut" title={name}>
          {name}
        </span>
        {filled < view.rows && (
          <small className="dim num">{t('column.filled', { count: filled, rows: view.rows })}</small>
        )}
        <FillButton table={table} index={index} />
      </th>
      <td className="dim cut" title={samples.join('\n')}>
        {samples.length === 0 ? <em>{t('history:detail.null')}</em> : samples.join(' · ')}
      </td>
      <td>
        <div
          className={`row wrap gap-2-12 py-2 ${styles.sheetBecomes} ${choices.type === 'interface' ? styles.ofLink : ''}`}
        >
          <Select
            size="xs"
            searchable
            selectFirstOptionOnChange
            nothingFoundMessage={t('column.noSuch')}
            comboboxProps={{ width: 240, position: 'bottom-start' }}
            maxDropdownHeight={400}
            aria-label={t('column.label', { name })}
            value={isTypeColumn ? rowType : targetValue(target)}
            data={[
              {
                group: t('column.fields', { type: inSentence(typeName(choices.type)) }),
                items: fields.map(({ key }) => ({ value: `field:${key}`, label: fieldName(key) })),
              },
              {
                group: t('column.other'),
                items: [
                  { value: 'own', label: capitalised(t('transfer:export.own')) },
                  { value: 'ignore', label: t('column.ignore') },
                  { value: rowType, label: t('column.rowType') },
                  { value: 'id', label: t('records:field.id') },
                  ...(choices.type === 'student' || choices.type === 'faculty'
                    ? (['first', 'prefix', 'last', 'title', 'salutation'] as const).map((part) => ({
                        value: `name_part:${part}`,
                        label: t(`column.${part}Name`),
                      }))
                    : []),
                  ...(choices.type === 'interface'
                    ? (['from', 'to', 'both'] as const).map((end) => ({
                        value: `university_of:${end}`,
                        label: t(`column.universityOf.${end}`),
                      }))
                    : []),
                  ...(choices.type === 'interface'
                    ? [
                        ...(['from', 'to'] as const).map((end) => ({
                          value: `type_of:${end}`,
                          label: t(`column.typeOf.${end}`),
                        })),
                        { value: 'direction', label: t('column.direction') },
                      ]
                    : []),
                  ...fields
                    .filter(({ unit }) => unit === 'percent')
                    .map(({ key }) => ({ value: `rest_of:${key}`, label: restName(key) })),
                  ...references.map(({ key }) => ({
                    value: `id_of:${key}`,
                    label: t('transfer:export.idOf', { field: fieldName(key) }),
                  })),
                ],
              },
            ]}
            onChange={(value) => {
              if (value === rowType) void changeSheetLayout({ ...layout, type_column: index });
              else if (hasRowTypes && value === 'ignore')
                void changeSheetLayout({ ...layout, type_column: -1 });
              else if (value !== null) choose(parseTarget(value, name));
            }}
          />
          {target.to === 'own' && (
            <OwnName
              key={target.name}
              heading={name}
              name={target.name}
              onRename={(own) => choose({ to: 'own', name: own })}
            />
          )}
          {choices.chosen.includes(index) && (
            <ActionIcon
              size="sm"
              aria-label={t('column.undo', { name })}
              title={t('column.undo', { name })}
              onClick={() => choose(null)}
            >
              <IconArrowBackUp size={14} stroke={1.7} aria-hidden />
            </ActionIcon>
          )}
          <p className={`tiny ${styles.sheetAbout} dim`}>
            {isTypeColumn ? '' : hasRowTypes ? t('about.rowType') : targetNote(target, dateColumn)}
          </p>
        </div>
      </td>
    </tr>
  );
}

/** Leaves out all custom fields at once, and takes that back. */
function CustomColumns({ table: { choices } }: { table: Table }) {
  const { t } = useTexts('sheets');
  const [custom, left] = [countColumnsTo(choices, 'own'), countColumnsTo(choices, 'ignore')];
  if (custom > 1)
    return (
      <Button size="compact-xs" variant="subtle" onClick={() => leaveOutCustomColumns(true)}>
        {t('column.leaveOutOwn', { count: custom })}
      </Button>
    );
  if (left < 2) return null;
  return (
    <Button size="compact-xs" variant="subtle" onClick={() => leaveOutCustomColumns(false)}>
      {t('column.keepLeft', { count: left })}
    </Button>
  );
}

export function Columns({ table }: { table: Table }) {
  const { t } = useTexts('sheets');
  return (
    <section className={styles.sheetPart} aria-labelledby="sheet-columns">
      <h2 id="sheet-columns">{t('grid:columns')}</h2>
      <p className="dim">
        {table.isRemembered ? t('remembered') : t('step.columnsHint')}
        {table.isRemembered && (
          <Button size="compact-xs" variant="subtle" onClick={() => void guessAgain()}>
            {t('reset')}
          </Button>
        )}
        <CustomColumns table={table} />
      </p>
      <table className="sheet-columns">
        <thead>
          <tr>
            <th scope="col">{t('sheet:preview.column')}</th>
            <th scope="col">{t('column.sample')}</th>
            <th scope="col">{t('column.target')}</th>
          </tr>
        </thead>
        <tbody>
          {table.view.columns.map(({ name }, index) => (
            <Column key={name} table={table} index={index} />
          ))}
        </tbody>
      </table>
    </section>
  );
}
