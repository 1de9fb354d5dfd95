import { useMemo } from 'react';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { openRecordTab, showPanel } from '../../stores/address.ts';
import type { Columns } from './grid/useColumns.ts';
import type { Rows } from './data/rows.ts';
import { maxReadRows } from './grid/grid-mouse.ts';
import {
  clearSelection,
  pickedCount,
  pickEverything,
  pickOnly,
  rangeOf,
  useGridStore,
} from './grid/state.ts';
import type { GridStore } from './grid/state.ts';
import { inPast } from '../../stores/target.ts';
import { reportError, reportErrors } from '../../ui/notices.tsx';
import { useMe, writeRefusal } from '../../stores/profile.ts';
import { typeNames } from '../../text/names.ts';
import { reportAllLocked, reportLocked } from '../../ui/locked.ts';
import { changeRefusal } from './data/permissions.ts';
import { focusPanel } from './PanelFrame.tsx';
import { clipboardFormats, loadedContent, copySelection } from './sheet/clipboard.ts';
import { emptyCells, fillDown } from './sheet/fill.ts';
import { pasteText } from './sheet/paste.tsx';

/**
 * Selects all records of the list, or clears a full selection. Deleted records are selected by id, at most `maxReadRows` of them; records of
 * a point in time also by id, if the list is not longer. All others are selected without reading them.
 */
async function pickAll(grid: GridStore, rows: Rows, isDeleted: boolean): Promise<void> {
  const { matched } = rows;
  if (matched !== null && pickedCount(grid.getState(), matched) >= matched) {
    clearSelection(grid);
    return;
  }
  const selectsById = isDeleted || (inPast() && matched !== null && matched <= maxReadRows);
  if (!selectsById) {
    pickEverything(grid);
    return;
  }
  await reportErrors(async () => {
    pickOnly(grid, await rows.read(0, maxReadRows - 1));
  });
}

interface Context {
  view: ListView;
  rows: Rows;
  columns: Columns;
}

export function useGridActions({ view, rows, columns }: Context) {
  const grid = useGridStore();
  const me = useMe();
  const { type, deleted, panel } = view;
  const openId = panel?.kind === 'record' ? panel.id : null;
  return useMemo(() => {
    const refusalOf = (record: EntityRecord, isWholeRecord = false): string | null =>
      changeRefusal(me, record, isWholeRecord);
    const { placed, all } = columns;
    const isDeleted = deleted === 'only';
    const gridContext = () => ({ type, rows, columns: placed, state: grid.getState(), refusalOf });
    return {
      refusalOf,
      open: (record: EntityRecord) => {
        if (openId === record.id) focusPanel();
        else showPanel({ kind: 'record', id: record.id, tab: 'details' });
      },
      openPage: (record: EntityRecord) => openRecordTab(record.type, record.id),
      closePanel: () => showPanel(null),
      reportIfLocked: (record: EntityRecord) => {
        const refusal = refusalOf(record);
        if (refusal !== null) reportLocked(record.type, [record], refusal);
        return refusal !== null;
      },
      pickAll: () => void pickAll(grid, rows, isDeleted),
      pickRows: () => {
        const { top, bottom } = rangeOf(grid.getState());
        void rows
          .read(top, bottom)
          .then((records) => pickOnly(grid, records))
          .catch(reportError);
      },
      copy: (data: DataTransfer) => {
        const content = loadedContent(grid.getState(), rows, placed);
        if (!content) {
          void copySelection({ view, ...gridContext() }, 'selection');
          return;
        }
        for (const [kind, text] of Object.entries(clipboardFormats(content))) data.setData(kind, text);
      },
      copyRows: () => copySelection({ view, ...gridContext() }, 'rows'),
      copySelection: () => copySelection({ view, ...gridContext() }, 'selection'),
      paste: (text: string) => {
        const state = grid.getState();
        if (isDeleted || state.isAway) return Promise.resolve();
        const refusal = writeRefusal(me);
        if (refusal !== null) {
          reportAllLocked(typeNames(type), refusal);
          return Promise.resolve();
        }
        return pasteText(
          { view, rows, placed, all, state, university: me?.university_id ?? null, refusalOf },
          text,
        );
      },
      fillDown: () => (isDeleted ? Promise.resolve() : fillDown(gridContext())),
      emptyCells: () => (isDeleted ? Promise.resolve() : emptyCells(gridContext())),
    };
  }, [grid, me, view, type, deleted, openId, rows, columns]);
}

export type RowActions = ReturnType<typeof useGridActions>;
