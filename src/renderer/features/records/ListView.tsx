import { useElementSize } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultSort } from '#shared/domain/order.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { adjustList, showPanel, useListView } from '../../stores/address.ts';
import type { ListQuery } from '../../stores/queries.ts';
import { useShown } from '../../stores/shown.ts';
import { numberText } from '../../text/values.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { useRows } from './data/useRows.ts';
import type { Rows } from './data/useRows.ts';
import { pickAll } from './data/pickAll.ts';
import { checkWidth, Grid } from './grid/Grid.tsx';
import { nextSort } from './grid/GridHeader.tsx';
import { resetGrid, useGrid } from './grid/state.ts';
import { useColumns } from './grid/useColumns.ts';
import { useOpenRow } from './grid/useOpenRow.ts';
import './grid/grid.css';
import { ListEmpty } from './ListEmpty.tsx';
import { ListToolbar } from './ListToolbar.tsx';
import { focusPanel, PanelFrame } from './PanelFrame.tsx';
import './records.css';
import { RowMenu } from './RowMenu.tsx';
import { useListCommands } from './useListCommands.ts';

const RecordPanel = lazy(() => import('./panel/RecordPanel.tsx'));

/** Tells the status bar how many there are and how many are shown. */
function useSummary(rows: Rows): void {
  const { t } = useTranslation(['common', 'frame']);
  const selected = useGrid((grid) => grid.picked.size);
  const { matched, total } = rows;
  useEffect(() => {
    const all = total === null ? '' : t('common:count', { count: total });
    const some =
      matched === null || matched === total ? '' : t('frame:status.shown', { shown: numberText(matched) });
    useShown.setState({ summary: [all, some].filter((part) => part !== '').join(' · '), selected });
  }, [matched, total, selected, t]);
  useEffect(() => () => useShown.setState({ summary: '', selected: 0 }), []);
}

/** Records of one type: toolbar, grid, and one record beside it. */
export default function ListView() {
  const view = useListView();
  return view ? <List key={view.type} view={view} /> : null;
}

function List({ view }: { view: NonNullable<ReturnType<typeof useListView>> }) {
  const { type, search, filters, sort, deleted, panel } = view;
  const order = sort.length > 0 ? sort : defaultSort(type);
  const [range, setRange] = useState({ first: 0, last: 30 });
  const [filtering, setFiltering] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const query = useMemo(
    (): ListQuery => ({ type, search, filters: [...filters], sort: [...sort], deleted }),
    [type, search, filters, sort, deleted],
  );
  const queryText = JSON.stringify(query);
  const begun = useRef('');
  const rows = useRows(query, range.first, range.last);
  const columns = useColumns(type, deleted === 'only', Math.max(0, width - checkWidth - 12));
  useSummary(rows);
  useEffect(() => {
    // Another list: from the top, nothing picked.
    if (begun.current === queryText) return;
    begun.current = queryText;
    resetGrid();
    scroller.current?.scrollTo({ top: 0 });
  }, [queryText]);
  // After the list began anew: its cursor goes to the record that is open.
  useOpenRow(query, rows);
  useEffect(() => scroller.current?.focus({ preventScroll: true }), []);

  const onShow = useCallback((first: number, last: number) => setRange({ first, last }), []);
  const openId = panel?.kind === 'record' ? panel.id : null;
  const open = useCallback(
    (record: EntityRecord) => {
      if (openId === record.id) focusPanel();
      else showPanel({ kind: 'record', id: record.id, tab: 'details' });
    },
    [openId],
  );
  const leave = useCallback(() => showPanel(null), []);
  const commands = useListCommands({
    view,
    rows,
    focusSearch: () => searchRef.current?.select(),
    openFilter: () => setFiltering(true),
  });
  const failed = rows.error !== null && rows.matched === null;
  const empty = rows.matched === 0 && !rows.stale;
  return (
    <div className="list">
      <section className="list-main" ref={measured}>
        <ListToolbar
          view={view}
          columns={columns}
          searchRef={searchRef}
          filtering={filtering}
          onFiltering={setFiltering}
          onRows={() => scroller.current?.focus({ preventScroll: true })}
          matched={rows.stale ? null : rows.matched}
          total={rows.total}
        />
        {failed && <ErrorState error={rows.error} onRetry={rows.retry} />}
        {empty && <ListEmpty view={view} />}
        {!failed && !empty && (
          <RowMenu deleted={deleted === 'only'}>
            <Grid
              type={type}
              rows={rows}
              columns={columns}
              sort={order}
              editable={deleted !== 'only'}
              openId={openId}
              scroller={scroller}
              deeds={{ open, leave, remove: commands.remove, pickAll: () => void pickAll(query, rows) }}
              onSort={(field, add) => adjustList({ sort: nextSort(order, field, add) })}
              onShow={onShow}
            />
          </RowMenu>
        )}
      </section>
      {panel && (
        <PanelFrame onLeave={() => scroller.current?.focus({ preventScroll: true })}>
          <Suspense fallback={null}>
            <RecordPanel type={type} panel={panel} />
          </Suspense>
        </PanelFrame>
      )}
    </div>
  );
}
