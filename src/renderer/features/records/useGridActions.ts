import { useMemo } from 'react';
import type { ListView } from '#shared/address/view.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { openRecordTab, showPanel } from '../../stores/address.ts';
import type { Columns } from './grid/useColumns.ts';
import type { Rows } from './data/rows.ts';
import { mostRead } from './grid/grid-mouse.ts';
import { letGo, pickedCount, pickEverything, pickOnly, rangeOf, useGridStore } from './grid/state.ts';
import type { GridStore } from './grid/state.ts';
import { inPast } from '../../stores/target.ts';
import { reportError } from '../../ui/notices.tsx';
import { useMe, whyNothing } from '../../stores/profile.ts';
import { typeNames } from '../../text/names.ts';
import { reportAllLocked, reportLocked } from '../../ui/locked.ts';
import { whyNot as whyNotChange } from './data/permissions.ts';
import { focusPanel } from './PanelFrame.tsx';
import { clipboardForms, copyHere, copySelection } from './sheet/clipboard.ts';
import { emptyCells, fillDown } from './sheet/fill.ts';
import { pasteText } from './sheet/paste.tsx';

/**
 * Selects all records of the list, read or not, or clears a full selection. Deleted records and those of a point in time are selected by
 * id, so only as many as can be read.
 */
async function pickAll(grid: GridStore, rows: Rows, deleted: boolean): Promise<void> {
  const { matched } = rows;
  if (matched !== null && pickedCount(grid.getState(), matched) >= matched) {
    letGo(grid);
    return;
  }
  const byId = deleted || (inPast() && matched !== null && matched <= mostRead);
  if (!byId) {
    pickEverything(grid);
    return;
  }
  try {
    pickOnly(grid, await rows.read(0, mostRead - 1));
  } catch (error) {
    reportError(error);
  }
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
    const whyNot = (record: EntityRecord, wholeRecord = false): string | null =>
      whyNotChange(me, record, wholeRecord);
    const { placed, all } = columns;
    const isDeleted = deleted === 'only';
    const here = () => ({ type, rows, columns: placed, state: grid.getState(), whyNot });
    return {
      whyNot,
      open: (record: EntityRecord) => {
        if (openId === record.id) focusPanel();
        else showPanel({ kind: 'record', id: record.id, tab: 'details' });
      },
      openPage: (record: EntityRecord) => openRecordTab(record.type, record.id),
      leave: () => showPanel(null),
      refuse: (record: EntityRecord) => {
        const why = whyNot(record);
        if (why !== null) reportLocked(record.type, [record], why);
        return why !== null;
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
        const copied = copyHere(grid.getState(), rows, placed);
        if (!copied) {
          void copySelection({ view, ...here() }, 'selection');
          return;
        }
        for (const [kind, text] of Object.entries(clipboardForms(copied))) data.setData(kind, text);
      },
      copyRows: () => copySelection({ view, ...here() }, 'rows'),
      copySelection: () => copySelection({ view, ...here() }, 'selection'),
      paste: (text: string) => {
        const state = grid.getState();
        if (isDeleted || state.away) return Promise.resolve();
        const why = whyNothing(me);
        if (why !== null) {
          reportAllLocked(typeNames(type), why);
          return Promise.resolve();
        }
        return pasteText(
          { view, rows, placed, all, state, university: me?.university_id ?? null, whyNot },
          text,
        );
      },
      fillDown: () => (isDeleted ? Promise.resolve() : fillDown(here())),
      empty: () => (isDeleted ? Promise.resolve() : emptyCells(here())),
    };
  }, [grid, me, view, type, deleted, openId, rows, columns]);
}

export type AllActions = ReturnType<typeof useGridActions>;
