import { Button, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ColumnTarget, SheetPreview } from '#shared/contract/sheets.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { say } from '../../../i18n/setup.ts';
import { dayShown } from '../../../text/formats.ts';
import { fieldName, inSentence, typeName } from '../../../text/names.ts';
import { targetOf, targetValue, withColumn } from './choices.ts';
import { LastTime } from './Mended.tsx';
import { decide, guessAnew } from './run.ts';
import type { Table } from './state.ts';
import { aboutField, fieldWord } from './words.ts';

type DateColumn = SheetPreview['date_columns'][number];

/** That a column of one's own holds dates, and how many of its values are none (yet). */
function aboutDates(name: string, { days, others }: DateColumn): string {
  if (others === 0) return say('sheets:about.dates', { name });
  const counts = {
    days: say('sheets:column.days', { count: days }),
    others: say('sheets:column.noDays', { count: others }),
  };
  return say('sheets:about.datesAndOthers', { name, ...counts });
}

function about(target: ColumnTarget, dates: DateColumn | undefined): string {
  if (target.to === 'own')
    return dates ? aboutDates(target.name, dates) : say('sheets:about.own', { name: target.name });
  if (target.to === 'id_of') return say('sheets:about.id_of', { field: fieldWord(target.field) });
  if (target.to === 'ignore' && target.why) return say(`sheets:about.${target.why}`);
  if (target.to === 'name_part') return say('sheets:about.name_part');
  if (target.to === 'university_of') return say('sheets:about.university_of');
  return aboutField(target.to === 'field' ? target.field : target.to);
}

function Column({ table, index }: { table: Table; index: number }) {
  const { t } = useTranslation('sheets');
  const { view, choices, preview } = table;
  const dates = preview?.date_columns.find((one) => one.column === index);
  const column = view.columns[index];
  const target = choices.columns[index];
  if (!column || !target) return null;
  const { name, samples, filled } = column;
  const fields = fieldsOf(choices.type).filter(({ key, kind }) => kind !== 'json' || key === 'meta');
  const references = fields.filter(({ kind }) => kind === 'reference');
  return (
    <tr className={target.to === 'ignore' ? 'sheet-left' : undefined}>
      <th scope="row">
        <span className="cut" title={name}>
          {name}
        </span>
        {filled < view.rows && (
          <small className="dim num">{t('column.filled', { count: filled, rows: view.rows })}</small>
        )}
      </th>
      <td className="sheet-sample cut" title={samples.join('\n')}>
        {samples.length === 0 ? <em>{t('column.empty')}</em> : samples.join(' · ')}
      </td>
      <td>
        <div className="sheet-becomes">
          <Select
            size="xs"
            searchable
            selectFirstOptionOnChange
            allowDeselect={false}
            nothingFoundMessage={t('column.noSuch')}
            comboboxProps={{ width: 240, position: 'bottom-start' }}
            maxDropdownHeight={400}
            aria-label={t('column.label', { name })}
            value={targetValue(target)}
            data={[
              {
                group: t('column.fields', { type: inSentence(typeName(choices.type)) }),
                items: fields.map(({ key }) => ({ value: `field:${key}`, label: fieldName(key) })),
              },
              {
                group: t('column.other'),
                items: [
                  { value: 'own', label: t('column.own') },
                  { value: 'ignore', label: t('column.ignore') },
                  { value: 'id', label: t('column.id') },
                  ...(choices.type === 'student' || choices.type === 'faculty'
                    ? (['first', 'last'] as const).map((part) => ({
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
                  ...references.map(({ key }) => ({
                    value: `id_of:${key}`,
                    label: t('column.idOf', { field: fieldWord(key) }),
                  })),
                ],
              },
            ]}
            onChange={(value) => {
              if (value !== null) decide((now) => withColumn(now, view, index, targetOf(value, name)));
            }}
          />
          <div className="sheet-about dim">
            <p>{about(target, dates)}</p>
            {dates?.read.map(({ order, value, day }) => (
              <p key={value}>{t(`about.${order}`, { value, day: dayShown(day) })}</p>
            ))}
          </div>
        </div>
      </td>
    </tr>
  );
}

/** What each column becomes, with some of its values; to be changed where the guess is wrong. */
export function Columns({ table }: { table: Table }) {
  const { t } = useTranslation('sheets');
  return (
    <section className="sheet-part" aria-labelledby="sheet-columns">
      <h2 id="sheet-columns">{t('step.columns')}</h2>
      <p className="dim">
        {table.remembered ? t('remembered') : t('step.columnsHint')}
        {(table.remembered || table.recalled.length > 0) && (
          <Button size="compact-xs" variant="subtle" onClick={guessAnew}>
            {t('reset')}
          </Button>
        )}
      </p>
      {table.preview && <LastTime table={table} preview={table.preview} />}
      <table className="sheet-columns">
        <thead>
          <tr>
            <th scope="col">{t('column.name')}</th>
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
