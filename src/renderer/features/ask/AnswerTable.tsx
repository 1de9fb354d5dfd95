import { IconArrowUpRight } from '@tabler/icons-react';
import { ActionIcon } from '@mantine/core';
import type { SqlAnswer } from '#shared/contract/ask.ts';
import { recordIn } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { titleOr } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { Chart } from '../../ui/chart/Chart.tsx';
import styles from './ask.module.css';

type Cell = SqlAnswer['rows'][number][number];

const cellText = (value: Cell): string =>
  value === null ? '–' : typeof value === 'number' ? numberText(value) : value;

/** Id columns are narrow, because the row has a link to the record. */
function classOf(value: Cell, records: SqlAnswer['records'][number]): string | undefined {
  if (typeof value === 'number') return 'num';
  return records.some(({ id }) => id === value) ? styles.id : undefined;
}

function Bars({ answer }: { answer: SqlAnswer }) {
  const { t } = useTexts('ask');
  const { chart, columns, rows } = answer;
  if (chart === null || rows.length < 2) return null;
  const [label, value] = [columns[chart.label]?.name ?? '', columns[chart.value]?.name ?? ''];
  return (
    <Chart
      title={t('chart', { value, label })}
      axis={{ key: 'label', label }}
      rows={rows.map((row) => ({
        label: cellText(row[chart.label] ?? null),
        value: Number(row[chart.value]),
      }))}
      series={[{ key: 'value', label: value, color: 'var(--cat-1)', kind: 'bar' }]}
      format={(shown) => numberText(shown)}
      lying
    />
  );
}

/** The rows of an answer with links to their records, and a chart if one fits. */
export function AnswerTable({ answer }: { answer: SqlAnswer }) {
  const { t } = useTexts('ask');
  const { columns, rows, records, sentence, truncated } = answer;
  return (
    <section aria-label={t('rows')} className="stack gap-12">
      <p className="medium">{sentence}</p>
      <Bars answer={answer} />
      {rows.length > 0 && (
        /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */
        <section className="card scroll-x" aria-label={t('rows')} tabIndex={0}>
          <table className={`small full ${styles.table}`}>
            <thead>
              <tr>
                <th aria-label={t('records')} />
                {columns.map(({ name }) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((row, at) => {
                const [record] = records[at] ?? [];
                return (
                  <tr key={at}>
                    <td>
                      {record && (
                        <ActionIcon
                          aria-label={`${t('records')}: ${titleOr(record.title, record.type)}`}
                          title={titleOr(record.title, record.type)}
                          onClick={() => go(recordIn(record.type, record.id))}
                        >
                          <IconArrowUpRight size={15} stroke={1.6} />
                        </ActionIcon>
                      )}
                    </td>
                    {row.map((value, column) => (
                      <td key={column} className={classOf(value, records[at] ?? [])} title={cellText(value)}>
                        {cellText(value)}
                      </td>
                    ))}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </section>
      )}
      {truncated && <p className="dim">{t('truncated', { count: rows.length })}</p>}
    </section>
  );
}
