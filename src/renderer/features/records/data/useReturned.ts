import { useEffect, useRef } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { useReturned as useReturnedOp } from '../../../stores/returned.ts';
import { openRecord, showPanel } from '../../../stores/address.ts';
import { useInFront, useTabId } from '../../../stores/tabs/store.ts';
import { report } from '../../../ui/notices.tsx';
import { returnTo, useGridStore } from '../grid/state.ts';
import type { Rows } from './rows.ts';

/** Most records among which the first that is in the list is looked for. */
const most = 50;
/** For how long it is waited for to come into the list, in milliseconds. */
const patience = 4000;

interface Changed {
  /** Records that are there. */
  there: readonly string[];
  /** Records that are there no more. */
  gone: readonly string[];
}

/** The records of the type that a transaction changed. */
async function changedBy(opId: string, type: EntityType): Promise<Changed> {
  const { rows } = await api.history.list({ op_id: opId, limit: 1 });
  const [transaction] = rows;
  if (!transaction) return { there: [], gone: [] };
  const changes = await api.history.changes({ id: transaction.id, own_first: true, limit: most });
  const ids = (gone: boolean): string[] =>
    changes.rows
      .filter((change) => change.type === type && (change.action === 'delete') === gone)
      .map((change) => change.entity_id);
  return { there: ids(false), gone: ids(true) };
}

/** Closes what stands beside the list when it is one of these records; the focus goes to the rows if it was there. */
function closeGone(tab: string, gone: readonly string[], toRows: () => void): void {
  const id = openRecord(tab);
  if (id === null || !gone.includes(id)) return;
  const within = document.activeElement?.closest('[data-record-panel]') !== null;
  showPanel(null, tab);
  if (within) toRows();
}

/**
 * After something was undone or redone the cursor goes to what came back, when it is in the list. What was open and is gone by that
 * is closed: nobody looks for what they have just taken back.
 */
export function useReturned(type: EntityType, rows: Rows, toRows: () => void): void {
  const tab = useTabId();
  const grid = useGridStore();
  const front = useInFront();
  const opId = useReturnedOp((returned) => returned.opId);
  const seen = useRef(opId);
  const wanted = useRef<{ ids: readonly string[]; until: number } | null>(null);
  const latest = useRef(rows);
  const look = useRef(() => {});
  useEffect(() => {
    latest.current = rows;
    look.current = () => {
      const { current } = wanted;
      if (!current) return;
      if (performance.now() > current.until) wanted.current = null;
      const found = current.ids
        .map((id) => ({ id, row: latest.current.find(id) }))
        .find(({ row }) => row >= 0);
      if (found === undefined) return;
      wanted.current = null;
      returnTo(grid, found.id, found.row);
    };
    look.current();
  }, [grid, rows]);
  useEffect(() => {
    if (opId === null || opId === seen.current) return undefined;
    seen.current = opId;
    if (!front) return undefined;
    let over = false;
    void changedBy(opId, type)
      .then(({ there, gone }) => {
        if (over) return;
        closeGone(tab, gone, toRows);
        if (there.length === 0) return;
        // Who looks at one of them goes on looking at it.
        const { row } = grid.getState().cursor;
        const looked = [openRecord(tab), latest.current.at(row)?.id];
        const ids = there.toSorted((a, b) => Number(looked.includes(b)) - Number(looked.includes(a)));
        wanted.current = { ids, until: performance.now() + patience };
        look.current();
      })
      .catch(report);
    return () => {
      over = true;
    };
  }, [opId, type, front, tab, toRows, grid]);
}
