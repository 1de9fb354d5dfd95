import './grid/grid.css';
import './records.css';
import { useElementSize } from '@mantine/hooks';
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { Menu } from '@mantine/core';
import type { ListView as ListAddress } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { defaultSort } from '#shared/domain/order.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useListView } from '../../stores/address.ts';
import { useStatus } from '../../stores/view-status.ts';
import { useScrollRestore } from '../../stores/tabs/scroll.ts';
import { frontTab, useTabId } from '../../stores/tabs/store.ts';
import { numberText } from '../../text/values.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Board, hasBoard } from './Board.tsx';
import { useDropMissingPicks } from './data/selection.ts';
import type { Rows } from './data/rows.ts';
import { maxGroups, useListRows } from './data/grouped-rows.ts';
import { Grid } from './grid/Grid.tsx';
import type { ListFooter } from './grid/GroupRow.tsx';
import { openList, pickedCount, useGrid, useGridStore } from './grid/state.ts';
import { useColumns } from './grid/useColumns.ts';
import { useOpenRow } from './grid/useStickyCursor.ts';
import { ListEmpty } from './ListEmpty.tsx';
import { ListToolbar } from './ListToolbar.tsx';
import { useRequestedLink } from './panel/LinksTab.tsx';
import { PanelFrame } from './PanelFrame.tsx';
import { checkboxWidth } from './column-layout.ts';
import { summariesOf } from './columns.ts';
import { useColumnActions } from './grid/column-actions.ts';
import { useGridActions } from './useGridActions.ts';
import { useListCommands } from './useListCommands.ts';
import { CommandItem } from '../../commands/CommandItem.tsx';
import { useRegistry } from '../../commands/registry.ts';
import './grid/head.module.css';
import './grid/lines.module.css';
import './narrowing.module.css';

const rowCommands = [
  ['record.openAlone', 'record.open', 'record.links', 'record.around', 'record.history'],
  [
    'record.edit',
    'record.editMany',
    'record.linkTo',
    'record.linkThese',
    'record.merge',
    'record.fillDown',
    'record.empty',
  ],
  ['record.copy', 'record.copyRows', 'record.paste', 'record.copyId', 'record.copyLink'],
  ['record.personalData', 'record.delete'],
];
const deletedRowCommands = [
  ['record.openAlone', 'record.open', 'record.history'],
  ['record.copy', 'record.copyId', 'record.copyLink'],
  ['record.personalData', 'record.restore'],
];

/** Disabled commands are left out: a menu that begins with one would not take the focus, and its keys would reach the grid. */
function useEnabledSections(sections: readonly (readonly string[])[]): readonly (readonly string[])[] {
  const commands = useRegistry((registry) => registry.commands);
  const findCommand = (id: string) => commands.find((command) => command.id === id);
  // With whole rows selected, both copy commands have the same label and effect.
  const isCopyRepeated = findCommand('record.copyRows')?.label === findCommand('record.copy')?.label;
  return sections
    .map((ids) =>
      ids.filter(
        (id) =>
          findCommand(id) &&
          findCommand(id)?.enabled !== false &&
          !(isCopyRepeated && id === 'record.copyRows'),
      ),
    )
    .filter((ids) => ids.length > 0);
}

function RowMenu({ isDeleted, children }: { isDeleted: boolean; children: ReactNode }) {
  const sections = useEnabledSections(isDeleted ? deletedRowCommands : rowCommands);
  return (
    // The menu is half a window tall: on a low row it moves up over the pointer.
    <Menu returnFocus middlewares={{ flip: true, shift: { crossAxis: true, padding: 5 } }}>
      <Menu.ContextMenu>
        <div className="fill flex">{children}</div>
      </Menu.ContextMenu>
      <Menu.Dropdown>
        {sections.map((ids, index) => (
          <div key={ids.join()} role="presentation">
            {index > 0 && <Menu.Divider />}
            {ids.map((id) => (
              <CommandItem key={id} id={id} bad={id === 'record.delete'} showsKeys />
            ))}
          </div>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}

const RecordPanel = lazy(() => import('./panel/RecordPanel.tsx'));
const BulkPanel = lazy(() => import('./bulk/BulkPanel.tsx'));

function useCountStatus(rows: Rows): void {
  const { t } = useTexts('common');
  const { matched, total } = rows;
  const selectedCount = useGrid((state) => pickedCount(state, matched));
  const totalText = total === null ? '' : t('common:count', { count: total });
  const shownText =
    matched === null || matched === total ? '' : t('frame:status.shown', { shown: numberText(matched) });
  useStatus([totalText, shownText].filter((part) => part !== '').join(' · '), selectedCount);
}

function useFooter(rows: Rows, values: ListFooter['values'], hasSummaries: boolean): ListFooter | null {
  const { t } = useTexts('grid');
  const groupCount = rows.groups?.total ?? 0;
  const note =
    groupCount > maxGroups
      ? t('group.first', { shown: numberText(maxGroups), all: numberText(groupCount) })
      : '';
  return useMemo(() => (hasSummaries || note !== '' ? { values, note } : null), [hasSummaries, values, note]);
}

export default function ListView() {
  const view = useListView();
  return view ? <RecordList key={view.type} view={view} /> : null;
}

function RecordList({ view }: { view: ListAddress }) {
  const { type, sort, deleted, panel } = view;
  const effectiveSort = useMemo(() => (sort.length > 0 ? sort : defaultSort(type)), [sort, type]);
  const tab = useTabId();
  const grid = useGridStore();
  const [filterField, setFilterField] = useState<string | null>(null);
  const [isSearching, setIsSearching] = useState(false);
  const [isBulkOpen, setIsBulkOpen] = useState(false);
  const scroller = useRef<HTMLDivElement>(null);
  const searchRef = useRef<HTMLInputElement>(null);
  const { ref: sizeRef, width } = useElementSize<HTMLDivElement>();
  const columns = useColumns(type, deleted === 'only', Math.max(0, width - checkboxWidth - 12), view.saved);
  const summaries = useMemo(() => summariesOf(columns.placed, columns.layout), [columns]);
  const { query, groupField, rows, setRange, totals, hasSummaries } = useListRows(view, summaries);
  const footer = useFooter(rows, totals, hasSummaries);
  const listKey = JSON.stringify([query, groupField?.key ?? '']);
  useCountStatus(rows);
  useEffect(() => {
    // A new list starts at the top without a selection; the list that was left last is restored.
    if (openList(grid, type, listKey)) scroller.current?.scrollTo({ top: 0 });
  }, [grid, type, listKey]);
  useScrollRestore(scroller, rows.count !== null && rows.count > 0);
  // After `openList`: moves the cursor to the open record.
  useOpenRow(query, rows);
  const focusRows = useCallback(() => scroller.current?.focus({ preventScroll: true }), []);
  useDropMissingPicks(view);
  useEffect(() => {
    // The tour handles keys. A new record's form took the focus first; its keys must not change a cell.
    const isFocusKept = document.activeElement?.closest('[data-keeps-focus], form[data-new]');
    if (tab === frontTab() && !isFocusKept) focusRows();
  }, [tab, focusRows]);

  const openBulk = useCallback(() => setIsBulkOpen(true), []);
  const openId = panel?.kind === 'record' ? panel.id : null;
  // Other tabs' requests for a link are ignored.
  const isLinkRequested = useRequestedLink(({ id }) => id !== null && id === openId);
  const panelTab = panel === null ? '' : panel.kind === 'new' ? 'new' : panel.tab;
  useEffect(() => {
    // An explicitly opened panel replaces the form for many records; a panel that follows the cursor does not.
    // oxlint-disable-next-line react/set-state-in-effect
    if (panelTab !== '') setIsBulkOpen(false);
  }, [panelTab]);
  useEffect(() => {
    // A request for a link also closes the form for many records.
    // oxlint-disable-next-line react/set-state-in-effect
    if (isLinkRequested) setIsBulkOpen(false);
  }, [isLinkRequested]);
  const onShow = useCallback((first: number, last: number) => setRange({ first, last }), [setRange]);
  const actions = useGridActions({ view, rows, columns });
  const columnActions = useColumnActions(view, columns, setFilterField);
  const commands = useListCommands({
    view,
    rows,
    columns,
    columnActions,
    actions,
    focusSearch: () => {
      // The search field may be hidden by the selection's commands, so it must be rendered before it is focused.
      flushSync(() => setIsSearching(true));
      searchRef.current?.focus();
      searchRef.current?.select();
    },
    openFilter: () => setFilterField(''),
    openBulk,
    focusRows,
  });
  const gridActions = useMemo(
    () => ({
      ...actions,
      open: (record: EntityRecord) => {
        setIsBulkOpen(false);
        actions.open(record);
      },
      remove: commands.remove,
    }),
    [actions, commands],
  );
  const hasFailed = rows.error !== null && rows.count === null;
  const isBoard = view.layout === 'board' && hasBoard(view);
  const isEmpty = rows.matched === 0 && !rows.isStale;
  return (
    <div
      className="list"
      onFocus={({ currentTarget, target }) => {
        // Focus in the rows or the panel ends the search; menus of the toolbar are rendered elsewhere.
        if (currentTarget.contains(target) && !target.closest('.list-toolbar')) setIsSearching(false);
      }}
    >
      <section className="list-main" ref={sizeRef}>
        <ListToolbar
          view={view}
          columns={columns}
          searchRef={searchRef}
          filterField={filterField}
          onFilterField={setFilterField}
          isSearching={isSearching}
          onFocusRows={focusRows}
          matched={rows.isStale ? null : rows.matched}
          total={rows.total}
        />
        {hasFailed && <ErrorState error={rows.error} onRetry={rows.retry} />}
        {isEmpty && <ListEmpty view={view} />}
        {!hasFailed && !isEmpty && isBoard && <Board view={view} query={query} />}
        {!hasFailed && !isEmpty && !isBoard && (
          <RowMenu isDeleted={deleted === 'only'}>
            <Grid
              type={type}
              rows={rows}
              columns={columns}
              columnActions={columnActions}
              sort={effectiveSort}
              editable={deleted !== 'only'}
              groupField={groupField}
              summaries={summaries}
              footer={footer}
              refusalOf={actions.refusalOf}
              openId={openId}
              scroller={scroller}
              actions={gridActions}
              onShow={onShow}
            />
          </RowMenu>
        )}
      </section>
      {isBulkOpen ? (
        <PanelFrame onLeave={focusRows}>
          <Suspense fallback={null}>
            <BulkPanel view={view} rows={rows} onDone={() => setIsBulkOpen(false)} />
          </Suspense>
        </PanelFrame>
      ) : (
        panel && (
          <PanelFrame onLeave={focusRows}>
            <Suspense fallback={null}>
              <RecordPanel type={type} panel={panel} />
            </Suspense>
          </PanelFrame>
        )
      )}
    </div>
  );
}
