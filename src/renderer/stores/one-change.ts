import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { isAct } from '#shared/domain/acts.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { nextQuery } from './next-steps.ts';
import { useMe } from './profile.ts';
import { inPast } from './target.ts';

/**
 * Why a change cannot be undone by itself: a point in time is open, the actor only reads, it is undone already, it is an undo or redo, it
 * created the workspace, or it is an act outside of the records.
 */
export type CannotUndo = 'past' | 'viewer' | 'undone' | 'undo' | 'redo' | 'workspace' | 'act';

/** Why the actor cannot undo this change by itself; null if possible. */
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

/** The possible action for a change, or the reason for none; both null until known. */
export interface WayBack {
  way: 'undo' | 'redo' | 'alone' | null;
  why: CannotUndo | null;
}

/** How to reverse a change where it is shown: as the actor's latest step (`undo`, `redo`), or by itself (`alone`). */
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
