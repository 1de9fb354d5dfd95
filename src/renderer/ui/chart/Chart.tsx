import { BarChart, ChartTooltip, CompositeChart } from '@mantine/charts';
import '@mantine/charts/styles.layer.css';
import { useId, useState } from 'react';
import type { ReactNode } from 'react';
import { Area } from 'recharts';
import type { TooltipContentProps } from 'recharts';
import { useTexts } from '../../i18n/setup.ts';
import { DataTable } from '../DataTable.tsx';
import type { DataColumn } from '../DataTable.tsx';
import { LinkButton } from '../LinkButton.tsx';
import styles from './chart.module.css';

/** A row of a chart: its axis label and a value for each series; null if unknown. */
export type ChartRow = Readonly<Record<string, string | number | null>>;

export interface ChartSeries {
  key: string;
  label: string;
  color: string;
  kind?: 'line' | 'bar' | 'area';
  /** Dashes distinguish series without colour. */
  dashed?: boolean;
  /** The keys of the bounds of a band around the values. */
  band?: readonly [low: string, high: string];
}

interface Props {
  title: string;
  axis: { key: string; label: string };
  rows: readonly ChartRow[];
  series: readonly ChartSeries[];
  format: (value: number) => string;
  domain?: readonly [number, number];
  ticks?: readonly number[];
  /** Draws a line at zero. */
  marksZero?: boolean;
  height?: number;
  /** Horizontal bars, which leave room for names. */
  isHorizontal?: boolean;
}

function ChartTable({ title, axis, rows, series, format }: Props) {
  const { t } = useTexts('common');
  const cellText = (value: string | number | null | undefined): string =>
    typeof value === 'number' ? format(value) : t('unknown');
  return (
    /* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reached by keyboard */
    <section className="scroll-x" aria-label={title} tabIndex={0}>
      <DataTable
        rows={rows}
        keyOf={(_, index) => index}
        columns={[
          { key: axis.key, title: axis.label, kind: 'name', renderCell: (row) => row[axis.key] },
          ...series.map(({ key, label, band }): DataColumn<ChartRow> => ({
            key,
            title: label,
            kind: 'number',
            renderCell: (row) => (
              <>
                {cellText(row[key])}
                {band && (
                  <span className="dim">
                    {' '}
                    {t('band', { low: cellText(row[band[0]]), high: cellText(row[band[1]]) })}
                  </span>
                )}
              </>
            ),
          })),
        ]}
      />
    </section>
  );
}

const bandKey = (key: string): string => `${key} band`;

/** The bounds of each band. Mantine's tooltip needs string keys. */
const bandsOf = (row: ChartRow, series: readonly ChartSeries[]): Record<string, unknown> =>
  Object.fromEntries(
    series.flatMap(({ key, band }) => (band ? [[bandKey(key), [row[band[0]], row[band[1]]]]] : [])),
  );

const renderTooltip = (
  { label, payload }: Pick<TooltipContentProps, 'label' | 'payload'>,
  series: readonly ChartSeries[],
  format: (value: number) => string,
): ReactNode => (
  <ChartTooltip
    label={label}
    payload={payload.filter(({ dataKey }) => series.some(({ key }) => key === dataKey))}
    series={series.map(({ key, label: name, color }) => ({ name: key, label: name, color }))}
    valueFormatter={format}
  />
);

function VerticalChart({
  axis,
  rows,
  series,
  format,
  domain,
  ticks,
  marksZero = false,
  height = 240,
}: Props) {
  return (
    <CompositeChart
      h={height}
      data={rows.map((row) => ({ ...row, ...bandsOf(row, series) }))}
      dataKey={axis.key}
      series={series.map(({ key, label, color, kind = 'line', dashed = false }) => ({
        name: key,
        label,
        color,
        type: kind,
        ...(dashed && { strokeDasharray: '6 4' }),
      }))}
      curveType="linear"
      tooltipProps={{ content: (tooltip) => renderTooltip(tooltip, series, format) }}
      connectNulls={false}
      valueFormatter={format}
      yAxisProps={{ width: 56, ...(domain && { domain: [...domain] }), ...(ticks && { ticks: [...ticks] }) }}
      {...(marksZero ? { referenceLines: [{ y: 0, color: 'var(--text-2)' }] } : {})}
      lineProps={{ isAnimationActive: false }}
      areaProps={{ isAnimationActive: false }}
      barProps={{ isAnimationActive: false }}
      maxBarWidth={48}
    >
      {series.map(
        ({ key, color, band }) =>
          band && (
            <Area
              key={bandKey(key)}
              dataKey={bandKey(key)}
              type="linear"
              stroke="none"
              fill={color}
              fillOpacity={0.16}
              isAnimationActive={false}
              activeDot={false}
              legendType="none"
              tooltipType="none"
            />
          ),
      )}
    </CompositeChart>
  );
}

function Legend({ series }: Pick<Props, 'series'>) {
  return (
    <ul className="flex wrap at-end gap-2-16 tiny dim mt-4">
      {series.map(({ key, label, color, dashed = false }) => (
        <li className="row gap-8" key={key}>
          <svg width="18" height="8" aria-hidden>
            <line
              x2="18"
              y1="4"
              y2="4"
              stroke={color}
              strokeWidth="2.5"
              strokeDasharray={dashed ? '5 3' : ''}
            />
          </svg>
          {label}
        </li>
      ))}
    </ul>
  );
}

const barSizes = { bar: 15, groupGap: 10, axis: 36, names: 168 };

function HorizontalBars({ axis, rows, series, format, domain }: Props) {
  return (
    <BarChart
      h={rows.length * (series.length * barSizes.bar + barSizes.groupGap) + barSizes.axis}
      data={rows.map((row) => ({ ...row }))}
      dataKey={axis.key}
      series={series.map(({ key, label, color }) => ({ name: key, label, color }))}
      orientation="vertical"
      gridAxis="x"
      tooltipProps={{ content: (tooltip) => renderTooltip(tooltip, series, format) }}
      valueFormatter={format}
      xAxisProps={{ ...(domain && { domain: [...domain] }) }}
      yAxisProps={{ width: barSizes.names, interval: 0 }}
      barProps={{ isAnimationActive: false }}
      maxBarWidth={barSizes.bar}
    />
  );
}

export function Chart(props: Props) {
  const { t } = useTexts('common');
  const [isTable, setIsTable] = useState(false);
  const titleId = useId();
  return (
    <figure className={styles.chart} aria-labelledby={titleId}>
      <figcaption>
        <h2 id={titleId}>{props.title}</h2>
        <LinkButton className="print-hidden" onClick={() => setIsTable(!isTable)}>
          {isTable ? t('asChart') : t('asTable')}
        </LinkButton>
      </figcaption>
      {isTable ? (
        <ChartTable {...props} />
      ) : props.isHorizontal ? (
        <HorizontalBars {...props} />
      ) : (
        <VerticalChart {...props} />
      )}
      {!isTable && props.series.length > 1 && <Legend series={props.series} />}
    </figure>
  );
}
