import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { isAct } from '#shared/domain/acts.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { nextQuery } from './next-steps.ts';
import { useMe } from './profile.ts';
import { inPast } from './target.ts';

/**
 * Why a change cannot be undone by itself: it is looked at in the past, one's role changes nothing, it is undone, it is an undo or a redo itself, or it made the
 * workspace, or was done beside the records.
 */
export type CannotUndo = 'past' | 'viewer' | 'undone' | 'undo' | 'redo' | 'workspace' | 'act';

/** Why a change cannot be undone by itself by somebody of a role at all; null where it can. */
export function whyCannotUndo(
  { label, undoes, redoes, undone }: AuditTransaction,
  role: Role,
): CannotUndo | null {
  if (role === 'viewer') return 'viewer';
  if (undoes !== null) return 'undo';
  if (redoes !== null) return 'redo';
  if (undone) return 'undone';
  if (label === 'workspace.create') return 'workspace';
  return isAct(label) ? 'act' : null;
}

/** What can be done about a change, or why nothing can; both are null as long as that is not known. */
export interface WayBack {
  way: 'undo' | 'redo' | 'alone' | null;
  why: CannotUndo | null;
}

/**
 * What can be done about a change from where it is shown: it is one's own latest, and undone or redone as such (`undo`, `redo`), or it
 * can be undone by itself (`alone`).
 */
export function useWayBack(transaction: AuditTransaction): WayBack {
  const me = useMe();
  const { data } = useQuery(nextQuery);
  if (inPast()) return { way: null, why: 'past' };
  if (!data) return { way: null, why: null };
  if (data.undo?.op_id === transaction.op_id) return { way: 'undo', why: null };
  if (data.redo?.op_id === transaction.op_id) return { way: 'redo', why: null };
  if (me === undefined) return { way: null, why: null };
  const why = whyCannotUndo(transaction, me.role);
  return { way: why === null ? 'alone' : null, why };
}
