import '../records/records.css';
import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useCallback, useMemo, useRef } from 'react';
import { listOf, matrixOrders, matrixTypes } from '#shared/address/view.ts';
import type { MatrixView as View } from '#shared/address/view.ts';
import { run } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { go, useView } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { useStatus } from '../../stores/shown.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { newName, openListName } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { TypesMenu } from '../network/controls/Filters.tsx';
import { countsOf } from '../network/data.ts';
import { NetworkRecordPanel } from '../network/NetworkRecordPanel.tsx';
import { countsText } from './expertise.ts';
import { ExpertiseMatrix } from './ExpertiseMatrix.tsx';
import { LinkMatrix } from './LinkMatrix.tsx';
import { useExpertise, useMatrix } from './useMatrix.ts';
import styles from './matrix.module.css';

const adjust = (view: View, part: Partial<Omit<View, 'kind'>>): void =>
  go({ ...view, ...part }, { replace: true });

/** The name of an order; shared ones as in the network. */
function orderName(order: (typeof matrixOrders)[number]): string {
  if (order === 'name' || order === 'cluster') return say(`matrix:by.${order}`);
  return say(`network:layout.${order === 'links' ? 'force' : order}`);
}

function Toolbar({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  const universities = useUniversityNames();
  return (
    <header className={`list-toolbar wrap ${styles.toolbar}`}>
      <h1>{t('title')}</h1>
      <SegmentedControl
        size="xs"
        aria-label={t('content.label')}
        value={view.content}
        data={(['links', 'expertise'] as const).map((value) => ({ value, label: t(`content.${value}`) }))}
        onChange={(content) => adjust(view, { content })}
      />
      {view.content === 'links' && (
        <TypesMenu types={view.types} options={matrixTypes} onTypes={(types) => adjust(view, { types })} />
      )}
      <NativeSelect
        aria-label={t('records:one.university')}
        value={view.university}
        data={[
          { value: '', label: t('grid:all.university') },
          ...[...universities].map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => adjust(view, { university: event.currentTarget.value })}
      />
      {view.content === 'links' && (
        <>
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
        </>
      )}
    </header>
  );
}

function NoExpertise({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  if (view.university !== '')
    return (
      <EmptyState icon={IconGridDots} text={t('expertise.empty.filtered')}>
        <Button onClick={() => adjust(view, { university: '' })}>{t('grid:all.university')}</Button>
      </EmptyState>
    );
  return (
    <EmptyState icon={IconGridDots} text={t('expertise.empty.text')}>
      <Button onClick={() => go(listOf('student'))}>{openListName('student')}</Button>
    </EmptyState>
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

function Links({ view }: { view: View }) {
  const query = useMatrix(view);
  const counts = useMemo(() => countsOf(query.data ?? null), [query.data]);
  useStatus(counts);
  // Another matrix starts at its first cell.
  const key = `${view.order} ${view.university} ${view.types.join()}`;
  return (
    <QueryView query={query} isEmpty={({ nodes }) => nodes.size === 0} empty={<Empty view={view} />}>
      {(model) => <LinkMatrix key={key} view={view} model={model} />}
    </QueryView>
  );
}

function Expertise({ view }: { view: View }) {
  const query = useExpertise(view);
  useStatus(query.data ? countsText(query.data) : '');
  return (
    <QueryView query={query} isEmpty={({ areas }) => areas.length === 0} empty={<NoExpertise view={view} />}>
      {(table) => <ExpertiseMatrix key={view.university} view={view} table={table} />}
    </QueryView>
  );
}

function Matrix({ view }: { view: View }) {
  const main = useRef<HTMLElement>(null);
  const focusCell = useCallback(
    () => main.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus(),
    [],
  );
  return (
    <div className="list">
      <section ref={main} className="list-main">
        <Toolbar view={view} />
        {view.content === 'links' ? <Links view={view} /> : <Expertise view={view} />}
      </section>
      <NetworkRecordPanel panel={view.panel} onLeave={focusCell} />
    </div>
  );
}

export default function MatrixView() {
  const view = useView();
  return view.kind === 'matrix' && <Matrix view={view} />;
}
