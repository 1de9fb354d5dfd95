import type { Difference, ScenarioMeasures } from '#shared/contract/simulation.ts';
import { useTexts } from '../../i18n/setup.ts';
import { Explained } from '../../ui/Explained.tsx';
import { differenceText, measures, measureName, measureText, pointsText, tendency } from './measures.ts';
import styles from './whatif.module.css';

export interface Column {
  key: string;
  label: string;
  /** The time of the column's values, as the end of a sentence. */
  when: string;
  values: ScenarioMeasures | undefined;
}

type Row = (typeof measures)[number];

const signs = { worse: '!', better: '✓' } as const;

/** A value; a click explains it. */
function Value({ row, column, now }: { row: Row; column: Column; now: ScenarioMeasures | undefined }) {
  const { t } = useTexts('whatif');
  const value = column.values?.[row.key];
  if (value === undefined || value === null) return <span className="dim">{t('common:unknown')}</span>;
  const before = now?.[row.key];
  const change =
    now === undefined || column.values === undefined || column.key === 'now'
      ? null
      : tendency(row, column.values, now);
  const text = measureText(row.key, value);
  const name = measureName(row.key);
  return (
    <Explained
      label={name}
      width={360}
      position="bottom-end"
      className={`target num ${change === null ? '' : change === 'worse' ? 'bad' : 'ok'} ${styles.value}`}
      term={
        <>
          {change !== null && <span aria-hidden>{signs[change]} </span>}
          <span className={styles.figure}>{text}</span>
          {change !== null && <span className="unseen"> {t(`whatif:${change}`)}</span>}
        </>
      }
    >
      <p className={`small ${styles.formula}`}>
        <strong>{t('whatif:sentence', { name, when: column.when, value: text })}</strong>{' '}
        {change !== null && before !== undefined
          ? t(`whatif:than.${change}`, { before: measureText(row.key, before) })
          : ''}
      </p>
      <p className={`small ${styles.formula}`}>{t(`whatif:formula.${row.key}`)}</p>
    </Explained>
  );
}

interface Props {
  /** Live now, live without changes, and the scenarios. */
  columns: readonly Column[];
  /** For a single scenario: its effect on the reach at the end; null for several. */
  difference: Difference | undefined | null;
}

/** A row for each measure. The effect of a single scenario is the last column. */
export function Measures({ columns, difference }: Props) {
  const { t } = useTexts('whatif');
  const [now, nothing, scenario] = columns.map(({ values }) => values);
  const changeOf = (key: Row['key']): string => {
    if (!nothing || !scenario || !difference) return t('common:unknown');
    if (key !== 'reach') return differenceText(key, scenario, nothing);
    const [median, low, high] = [difference.median, difference.low, difference.high].map(pointsText);
    return t('effect.range', { median: median ?? '', low: low ?? '', high: high ?? '' });
  };
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */
    <section className="scroll-x" aria-label={t('measures')} tabIndex={0}>
      <table className="small full">
        <thead>
          <tr>
            <th scope="col">{t('measures')}</th>
            {columns.map(({ key, label }) => (
              <th key={key} scope="col" className="num">
                {label}
              </th>
            ))}
            {difference !== null && (
              <th scope="col" className="num">
                {t('column.difference')}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {measures.map((row) => (
            <tr key={row.key}>
              <th scope="row">{measureName(row.key)}</th>
              {columns.map((column) => (
                <td key={column.key} className="num">
                  <Value row={row} column={column} now={now} />
                </td>
              ))}
              {difference !== null && <td className="num">{changeOf(row.key)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
      <p className="tiny dim">{t('onlyKnown')}</p>
    </section>
  );
}
