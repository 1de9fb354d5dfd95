import '../records/records.css';
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { matrixOrders, matrixTypes } from '#shared/address/view.ts';
import type { MatrixView as View } from '#shared/address/view.ts';
import type { LossBand } from '#shared/domain/interfaces.ts';
import { run } from '../../commands/registry.ts';
import { go, useView } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { useStatus } from '../../stores/shown.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import { TypesMenu } from '../network/controls/Filters.tsx';
import { countsOf } from '../network/data.ts';
import type { Model } from '../network/model/model.ts';
import { NetworkRecordPanel } from '../network/NetworkRecordPanel.tsx';
import { cellsOf, directionOf, linksFrom } from './cells.ts';
import type { Cells } from './cells.ts';
import type { At } from './geometry.ts';
import { Grid } from './Grid.tsx';
import { Mark } from './Mark.tsx';
import { arrange, countInside } from './order.ts';
import type { Arrangement } from './order.ts';
import { useMatrix } from './useMatrix.ts';
import { cellText, groupName } from './labels.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { newName } from '../../text/names.ts';
import styles from './matrix.module.css';

const adjust = (view: View, part: Partial<Omit<View, 'kind'>>): void =>
  go({ ...view, ...part }, { replace: true });

/** The name of an order; those the network has too are called as there. */
function orderName(order: (typeof matrixOrders)[number]): string {
  if (order === 'name' || order === 'cluster') return say(`matrix:by.${order}`);
  return say(`network:layout.${order === 'links' ? 'force' : order}`);
}

function Toolbar({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  const universities = useUniversityNames();
  return (
    <header className={`list-toolbar ${styles.toolbar}`}>
      <h1>{t('title')}</h1>
      <TypesMenu types={view.types} options={matrixTypes} onTypes={(types) => adjust(view, { types })} />
      <NativeSelect
        aria-label={t('records:one.university')}
        value={view.university}
        data={[
          { value: '', label: t('grid:all.university') },
          ...[...universities].map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => adjust(view, { university: event.currentTarget.value })}
      />
      <NativeSelect
        aria-label={t('order')}
        value={view.order}
        data={matrixOrders.map((value) => ({ value, label: orderName(value) }))}
        onChange={(event) =>
          adjust(view, { order: matrixOrders.find((one) => one === event.currentTarget.value) ?? 'name' })
        }
      />
      <SegmentedControl
        size="xs"
        aria-label={t('inputs')}
        value={view.inputs}
        data={(['rows', 'columns'] as const).map((value) => ({ value, label: t(`convention.${value}`) }))}
        onChange={(inputs) => adjust(view, { inputs })}
      />
    </header>
  );
}

/** What the matrix says as a whole, and what a mark in it says. */
function Sentence({ view, model, arrangement }: { view: View; model: Model; arrangement: Arrangement }) {
  const { t } = useTexts('matrix');
  const { order, inputs } = view;
  const { inside, all } = useMemo(() => countInside(arrangement, model), [arrangement, model]);
  const isCut = model.matched > model.nodes.size;
  const isGrouped = order !== 'name' && order !== 'links' && all > 0;
  return (
    <p className={styles.sentence}>
      <strong>{isGrouped ? t(`sentence.${order}`, { count: all, inside }) : countsOf(model)}</strong>
      {isCut && <span>{t('cut', { shown: model.nodes.size, all: model.matched })}</span>}
      <span className="dim">{t(`explained.${inputs}`)}</span>
    </p>
  );
}

const losses: readonly LossBand[] = ['strong', 'moderate', 'weak', 'fragile', 'unknown'];

/** What is pointed at, and what the marks mean. */
function Foot({ text }: { text: string }) {
  const { t } = useTexts('matrix');
  return (
    <footer className={styles.foot}>
      <span className={`${styles.pointed} cut ${text === '' ? 'dim' : ''}`} title={text}>
        {text || t('matrix:point')}
      </span>
      <ul aria-label={t('matrix:legend')}>
        {losses.map((one) => (
          <li key={one}>
            <Mark band={one} />
            {t(`network:legend.line.${one}`)}
          </li>
        ))}
      </ul>
    </footer>
  );
}

function Empty({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  const canEdit = useMayChange();
  if (view.university !== '')
    return (
      <EmptyState icon={IconGridDots} text={t('matrix:empty.filtered')}>
        <Button onClick={() => adjust(view, { university: '' })}>{t('grid:all.university')}</Button>
      </EmptyState>
    );
  return (
    <EmptyState icon={IconGridDots} text={t('matrix:empty.text')}>
      {canEdit && <Button onClick={() => run('new.team')}>{newName('team')}</Button>}
    </EmptyState>
  );
}

/** What the links of a cell are; '' of none, and of the head of a row or column. */
function pointedText(at: At | null, { nodes }: Arrangement, cells: Cells, model: Model, view: View): string {
  const [row, column] = [nodes[at?.row ?? -1], nodes[at?.column ?? -1]];
  if (!row || !column || row === column) return '';
  const ends = directionOf(row, column, view.inputs);
  return cellText(ends, linksFrom(cells, ends.from, ends.to), model.titles);
}

function Shown({ view, model }: { view: View; model: Model }) {
  const scroller = useRef<HTMLDivElement>(null);
  const [pointed, setPointed] = useState<At | null>(null);
  const point = useCallback(
    (at: At | null) =>
      setPointed((before) => (before?.row === at?.row && before?.column === at?.column ? before : at)),
    [],
  );
  const { order } = view;
  const cells = useMemo(() => cellsOf(model), [model]);
  const nameOf = useCallback((key: string) => groupName(key, order, model.titles), [order, model]);
  const arrangement = useMemo(() => arrange(model, order, nameOf), [model, order, nameOf]);
  return (
    <>
      <Sentence view={view} model={model} arrangement={arrangement} />
      <Grid
        view={view}
        model={model}
        arrangement={arrangement}
        cells={cells}
        nameOf={nameOf}
        scroller={scroller}
        pointed={pointed}
        onPoint={point}
      />
      <Foot text={pointedText(pointed, arrangement, cells, model, view)} />
    </>
  );
}

function Matrix({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  const main = useRef<HTMLElement>(null);
  const { model, error, retry } = useMatrix(view);
  const counts = useMemo(() => countsOf(model), [model]);
  useStatus(counts);
  const focusCell = useCallback(
    () => main.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus(),
    [],
  );
  return (
    <div className="list">
      <section ref={main} className="list-main">
        <Toolbar view={view} />
        {model && model.nodes.size > 0 && (
          // Another matrix begins at its first cell.
          <Shown key={`${view.order} ${view.university} ${view.types.join()}`} view={view} model={model} />
        )}
        {model?.nodes.size === 0 && <Empty view={view} />}
        {!model && error !== null && <ErrorState error={error} onRetry={retry} />}
        {!model && error === null && <ProgressLine progress={null} label={t('common:loading')} />}
      </section>
      <NetworkRecordPanel panel={view.panel} onLeave={focusCell} />
    </div>
  );
}

export default function MatrixView() {
  const view = useView();
  return view.kind === 'matrix' && <Matrix view={view} />;
}
