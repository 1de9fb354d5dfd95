import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { nextQuery } from './own-steps.ts';
import { useMe } from './profile.ts';

/** Whether a change can be undone by itself at all: it stands, and is no undo, no redo, nor the making of the workspace. */
export function standsAlone({ label, undoes, redoes, undone }: AuditTransaction): boolean {
  return undoes === null && redoes === null && !undone && label !== 'workspace.create';
}

/**
 * What can be done about a change from where it is shown: it is one's own latest, and undone or redone as such (`undo`, `redo`), or it
 * can be undone by itself (`alone`); null for nothing, also as long as it is not known.
 */
export function useWayBack(transaction: AuditTransaction): 'undo' | 'redo' | 'alone' | null {
  const me = useMe();
  const { data } = useQuery(nextQuery);
  if (!data) return null;
  if (data.undo?.op_id === transaction.op_id) return 'undo';
  if (data.redo?.op_id === transaction.op_id) return 'redo';
  return me !== undefined && me.role !== 'viewer' && standsAlone(transaction) ? 'alone' : null;
}
