import { useQuery } from '@tanstack/react-query';
import { IconArrowsDiff } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { ComparedNetwork } from '#shared/contract/compare-network.ts';
import type { Difference } from '#shared/contract/compare.ts';
import { sinceBase } from '#shared/domain/points-in-time.ts';
import { useTexts } from '../../../../i18n/setup.ts';
import { api } from '../../../../api/client.ts';
import { queryKeys } from '../../../../stores/queries.ts';
import { useStream } from '../../../../stores/useStream.ts';
import { EmptyState } from '../../../../ui/EmptyState.tsx';
import { QueryView } from '../../../../ui/QueryView.tsx';
import { lookOf, usePalette } from '../../../network/look/appearance.ts';
import { withChanges } from '../../../network/look/marks.ts';
import { readModel } from '../../../network/model/model.ts';
import { ReadOnlyNetwork } from '../../../network/ReadOnlyNetwork.tsx';
import { createNetworkStore, NetworkProvider, selectNodes, useNetworkStore } from '../../../network/state.ts';
import type { Picking } from '../choices.ts';
import type { FindOpening } from '../openings.ts';
import { readComparison } from '../useComparison.ts';
import type { ComparisonQuery } from '../useComparison.ts';
import { ChangeLegend, DifferenceList, changesOf, differencesOf, drawnChanges } from './DifferenceList.tsx';
import { fieldName, displayTitle, typeName } from '../../../../text/names.ts';
import { conflictsOf } from '../choices.ts';
import { ConflictButtons } from '../ConflictButtons.tsx';
import { PickBox, TitleLink } from '../DifferenceRows.tsx';
import { allSides } from '../summary.ts';
import { SideValue } from '../SideValue.tsx';
import styles from './network.module.css';

interface Props {
  id: string;
  query: ComparisonQuery;
  rows: readonly Difference[];
  picking: Picking;
  findOpening: FindOpening;
  onCancel: () => void;
}

function useDifference(
  id: string,
  rows: readonly Difference[],
  selected: string | null,
): Difference | undefined {
  const request = { ...sinceBase(id), ids: [selected ?? ''], limit: 20, text: '' };
  const loadedRow = rows.find((row) => row.id === selected);
  const { data } = useQuery({
    queryKey: queryKeys.comparison(request.to, request),
    queryFn: ({ signal }) => readComparison(request, { signal }),
    enabled: selected !== null && !loadedRow,
  });
  return loadedRow ?? data?.rows.find((row) => row.id === selected);
}

export default function DifferenceNetwork(props: Props) {
  const [store] = useState(createNetworkStore);
  const {
    id,
    query: { to, classes = [], text },
    onCancel,
  } = props;
  const input = { classes, text };
  const { t } = useTexts('compare');
  const { query, progress } = useStream<ComparedNetwork>({
    queryKey: queryKeys.comparison(to, { ...input, as: 'network' }),
    stream: (options) => api.compare.network({ id, ...input }, options),
    staleTime: 0,
    refetchOnWindowFocus: 'always',
  });
  return (
    <QueryView {...{ query, progress, onCancel }}>
      {(data) =>
        data.network.nodes.id.length === 0 ? (
          <EmptyState icon={IconArrowsDiff} text={t('compare:network.other', { count: data.left.other })} />
        ) : (
          <NetworkProvider value={store}>
            <NetworkComparison {...props} data={data} />
          </NetworkProvider>
        )
      }
    </QueryView>
  );
}

function NetworkComparison({ data, id, rows, picking, findOpening }: Props & { data: ComparedNetwork }) {
  const { t } = useTexts('compare');
  const store = useNetworkStore();
  const palette = usePalette();
  const model = useMemo(() => readModel(data.network), [data]);
  const changes = useMemo(() => changesOf(data), [data]);
  const look = useMemo(
    () => withChanges(lookOf(model, { colour: 'type', size: '' }, palette), drawnChanges(model, changes)),
    [model, changes, palette],
  );
  const differences = useMemo(() => differencesOf(model, changes), [model, changes]);
  const selected = useStore(
    store,
    ({ selected: ids, selectedEdge }) => selectedEdge ?? [...ids].at(-1) ?? null,
  );
  const row = useDifference(id, rows, selected !== null && changes.has(selected) ? selected : null);
  const titles = new Map([...model.nodes.values(), ...rows].map((one) => [one.id, one.title]));
  const onSelect = (selectedId: string | null): void => {
    if (selectedId !== null && model.edges.has(selectedId))
      store.setState({ selectedEdge: selectedId, selected: new Set(), focusedNode: null });
    else selectNodes(store, selectedId === null ? [] : [selectedId]);
  };
  const { matched, nodes } = data.network;
  const shownCount = nodes.id.length;
  const notes = [
    matched > shownCount ? t('network.cut', { count: shownCount, all: matched }) : '',
    data.left.limit > 0 ? t('network.left', { count: data.left.limit }) : '',
    data.left.other > 0 ? t('network.other', { count: data.left.other }) : '',
  ].filter((note) => note !== '');
  return (
    <div className="fill flex">
      <div className="grow column">
        <ReadOnlyNetwork
          model={model}
          look={look}
          label={t('network.label', { count: differences.length })}
        />
        {notes.length > 0 && <p className="small line-above px-12 py-8 on-info">{notes.join(' ')}</p>}
        <ChangeLegend model={model} differences={differences} />
      </div>
      <DifferenceList differences={differences} selected={selected} onSelect={onSelect}>
        {row && <DifferenceCard {...{ row, picking, titles, findOpening }} />}
      </DifferenceList>
    </div>
  );
}

interface CardProps extends Pick<Props, 'picking' | 'findOpening'> {
  row: Difference;
  titles: ReadonlyMap<string, string>;
}

/** The differences of one record, with the same fields, choice and conflicts as in the list. */
function DifferenceCard({ row, picking, titles, findOpening }: CardProps) {
  const { choices, onChange, canDecide } = picking;
  const { t } = useTexts('compare');
  const title = displayTitle(row.title, row.type);
  const conflicts = canDecide ? conflictsOf(row) : [];
  return (
    <article
      className={`card px-12 py-8 mt-4 mb-12 ${styles.card}`}
      aria-label={t('network.card', { title })}
    >
      <h3 className="normal strong breaks">
        <TitleLink title={title} opening={findOpening(row)} />
      </h3>
      <p className="dim">
        {row.university === null ? typeName(row.type) : `${typeName(row.type)} · ${row.university}`}
      </p>
      <PickBox {...{ row, picking }} label={t('network.pick')} />
      {conflicts.map((field) => (
        <ConflictButtons key={field ?? ''} row={row} field={field} choices={choices} onChange={onChange} />
      ))}
      {row.fields.map((difference) => (
        <section key={difference.field}>
          <h4 className="tiny medium dim mt-12">{fieldName(difference.field)}</h4>
          <dl>
            {allSides.map((side) => (
              <div key={side}>
                <dt className="faint">{t(`column.${side}`)}</dt>
                <dd className={`breaks compare-${side}`}>
                  <SideValue
                    type={row.type}
                    field={difference.field}
                    value={difference[side]}
                    titles={titles}
                  />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </article>
  );
}
