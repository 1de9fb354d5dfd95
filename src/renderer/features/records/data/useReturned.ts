import { useEffect, useRef, useState } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { useReturned as useReturnedOp } from '../../../stores/returned.ts';
import type { Rows } from './rows.ts';
import { useTabId, useInFront } from '../../../stores/tabs/store.ts';
import { useGridStore, returnTo } from '../grid/state.ts';
import { openRecord, showPanel } from '../../../stores/address.ts';
import { report } from '../../../ui/notices.tsx';

const most = 50;
/** How long what came back is waited for, in milliseconds: it comes with rows that are read anew. */
const patience = 4000;

async function changedBy(opId: string, type: EntityType): Promise<{ there: string[]; gone: string[] }> {
  const [transaction] = (await api.history.list({ op_id: opId, limit: 1 })).rows;
  if (!transaction) return { there: [], gone: [] };
  const { rows } = await api.history.changes({ id: transaction.id, limit: most });
  const ids = (isGone: boolean): string[] =>
    rows
      .filter((change) => change.type === type && (change.action === 'delete') === isGone)
      .map((change) => change.entity_id);
  return { there: ids(false), gone: ids(true) };
}

/** After an undo or a redo the cursor goes to what came back, when it is in the list; a panel of what is gone by that is closed. */
export function useReturned(type: EntityType, rows: Rows, focusRows: () => void): void {
  const tab = useTabId();
  const grid = useGridStore();
  const isFront = useInFront();
  const opId = useReturnedOp((returned) => returned.opId);
  const seen = useRef(opId);
  const [sought, setSought] = useState<readonly string[]>([]);
  const latest = useRef(rows);
  useEffect(() => {
    latest.current = rows;
    const found = sought.map((id) => ({ id, row: rows.find(id) })).find(({ row }) => row >= 0);
    if (!found) return;
    // It is looked for once.
    // oxlint-disable-next-line react/set-state-in-effect
    setSought([]);
    returnTo(grid, found.id, found.row);
  }, [sought, rows, grid]);
  useEffect(() => {
    if (opId === null || opId === seen.current) return undefined;
    seen.current = opId;
    if (!isFront) return undefined;
    let isOver = false;
    void changedBy(opId, type)
      .then(({ there, gone }) => {
        if (isOver) return;
        const open = openRecord(tab);
        if (open !== null && gone.includes(open)) {
          const hadFocus = document.activeElement?.closest('[data-record-panel]') !== null;
          showPanel(null, tab);
          if (hadFocus) focusRows();
        }
        const at = latest.current.at(grid.getState().cursor.row)?.id;
        const isLookedAt = (id: string): boolean => id === open || id === at;
        setSought(there.toSorted((a, b) => Number(isLookedAt(b)) - Number(isLookedAt(a))));
        setTimeout(() => setSought([]), patience);
      })
      .catch(report);
    return () => {
      isOver = true;
    };
  }, [opId, type, isFront, tab, focusRows, grid]);
}
