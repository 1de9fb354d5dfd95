import { Button, NativeSelect, SegmentedControl } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { ReactNode } from 'react';
import { listOf, matrixOrders, matrixTypes } from '#shared/address/view.ts';
import type { MatrixView as View } from '#shared/address/view.ts';
import { runCommand } from '../../commands/registry.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate, useView } from '../../stores/address.ts';
import { useCanChange } from '../../stores/profile.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { useStatus } from '../../stores/view-status.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { newName, openListName } from '../../text/names.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { TypesMenu } from '../network/controls/Filters.tsx';
import { networkCountsText } from '../network/data.ts';
import { neededFields } from '../network/look/fields.ts';
import { readModel } from '../network/model/model.ts';
import { RecordStage } from '../network/RecordStage.tsx';
import { countsText } from './expertise.ts';
import { ExpertiseMatrix } from './ExpertiseMatrix.tsx';
import { LinkMatrix } from './LinkMatrix.tsx';
import styles from './matrix.module.css';

const updateView = (view: View, change: Partial<Omit<View, 'kind'>>): void =>
  navigate({ ...view, ...change }, { replace: true });

/** The name of an order. Orders that the network also has are named as in its layout menu. */
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
        aria-label={t('content.label')}
        value={view.content}
        data={(['links', 'expertise'] as const).map((value) => ({ value, label: t(`content.${value}`) }))}
        onChange={(content) => updateView(view, { content })}
      />
      {view.content === 'links' && (
        <TypesMenu
          types={view.types}
          options={matrixTypes}
          onTypes={(types) => updateView(view, { types })}
        />
      )}
      <NativeSelect
        aria-label={t('records:one.university')}
        value={view.university}
        data={[
          { value: '', label: t('grid:all.university') },
          ...[...universities].map(([value, label]) => ({ value, label })),
        ]}
        onChange={(event) => updateView(view, { university: event.currentTarget.value })}
      />
      {view.content === 'links' && (
        <>
          <NativeSelect
            aria-label={t('order')}
            value={view.order}
            data={matrixOrders.map((value) => ({ value, label: orderName(value) }))}
            onChange={(event) =>
              updateView(view, {
                order: matrixOrders.find((candidate) => candidate === event.currentTarget.value) ?? 'name',
              })
            }
          />
          <SegmentedControl
            aria-label={t('inputs')}
            value={view.inputs}
            data={(['rows', 'columns'] as const).map((value) => ({ value, label: t(`convention.${value}`) }))}
            onChange={(inputs) => updateView(view, { inputs })}
          />
        </>
      )}
    </header>
  );
}

/** Replaces an empty matrix. If a university is selected, offers all universities instead of `children`. */
function EmptyMatrix({ view, text, filteredText, children }: EmptyProps) {
  const { t } = useTexts('matrix');
  const isFiltered = view.university !== '';
  return (
    <EmptyState icon={IconGridDots} text={isFiltered ? filteredText : text}>
      {isFiltered ? (
        <Button variant="filled" onClick={() => updateView(view, { university: '' })}>
          {t('grid:all.university')}
        </Button>
      ) : (
        children
      )}
    </EmptyState>
  );
}

interface EmptyProps {
  view: View;
  text: string;
  filteredText: string;
  children: ReactNode;
}

/** The maximum number of rows and columns; records with the most links come first. */
const maxNodes = 400;

function Links({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  const { types, university, order } = view;
  const filters =
    university === ''
      ? []
      : types.map((type) => ({
          type,
          filters: [{ field: 'university_id', op: 'is' as const, value: university }],
        }));
  const input = { types: [...types], filters, fields: neededFields(types, 'stage', ''), limit: maxNodes };
  const query = useQuery({
    ...queryFor('network.graph', input),
    placeholderData: keepPreviousData,
    select: readModel,
  });
  const canEdit = useCanChange();
  const counts = useMemo(() => networkCountsText(query.data ?? null), [query.data]);
  useStatus(counts);
  const emptyState = (
    <EmptyMatrix view={view} text={t('empty.text')} filteredText={t('empty.filtered')}>
      {canEdit && (
        <Button variant="filled" onClick={() => runCommand('new.team')}>
          {newName('team')}
        </Button>
      )}
    </EmptyMatrix>
  );
  // Remounts for another matrix, so that the focus starts at the first cell.
  const key = `${order} ${university} ${types.join()}`;
  return (
    <QueryView query={query} isEmpty={({ nodes }) => nodes.size === 0} empty={emptyState}>
      {(model) => <LinkMatrix key={key} view={view} model={model} />}
    </QueryView>
  );
}

function Expertise({ view }: { view: View }) {
  const { t } = useTexts('matrix');
  const input = { university: view.university || null };
  const query = useQuery({
    ...queryFor('analysis.expertise', input, queryKeys.expertise(input)),
    placeholderData: keepPreviousData,
  });
  useStatus(query.data ? countsText(query.data) : '');
  const emptyState = (
    <EmptyMatrix view={view} text={t('expertise.empty.text')} filteredText={t('expertise.empty.filtered')}>
      <Button variant="filled" onClick={() => navigate(listOf('student'))}>
        {openListName('student')}
      </Button>
    </EmptyMatrix>
  );
  return (
    <QueryView query={query} isEmpty={({ areas }) => areas.length === 0} empty={emptyState}>
      {(table) => <ExpertiseMatrix key={view.university} view={view} table={table} />}
    </QueryView>
  );
}

function Matrix({ view }: { view: View }) {
  return (
    <RecordStage panel={view.panel}>
      <Toolbar view={view} />
      {view.content === 'links' ? <Links view={view} /> : <Expertise view={view} />}
    </RecordStage>
  );
}

export default function MatrixView() {
  const view = useView();
  return view.kind === 'matrix' && <Matrix view={view} />;
}
