import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { isAdministrativeAct } from '#shared/domain/administrative-acts.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { nextStepsQuery } from './next-steps.ts';
import { useMe } from './profile.ts';
import { inPast } from './target.ts';

/**
 * Why a change cannot be undone by itself: a point in time is open, the actor only reads, it is undone already, it is an undo or redo, it
 * created the workspace, or it is an act outside of the records.
 */
export type UndoObstacle = 'past' | 'viewer' | 'undone' | 'undo' | 'redo' | 'workspace' | 'act';

/** Why the actor cannot undo this change by itself; null if possible. */
export function undoObstacle(
  { label, undoes, redoes, undone }: AuditTransaction,
  role: Role,
): UndoObstacle | null {
  if (role === 'viewer') return 'viewer';
  if (undoes !== null) return 'undo';
  if (redoes !== null) return 'redo';
  if (undone) return 'undone';
  if (label === 'workspace.create') return 'workspace';
  return isAdministrativeAct(label) ? 'act' : null;
}

/** The possible action for a change, or the reason for none; both null until known. */
export interface ReverseOption {
  action: 'undo' | 'redo' | 'revert' | null;
  why: UndoObstacle | null;
}

/** How to reverse a change where it is shown: as the actor's latest step (`undo`, `redo`), or by itself (`revert`). */
export function useReverseOption(transaction: AuditTransaction): ReverseOption {
  const me = useMe();
  const { data } = useQuery(nextStepsQuery);
  if (inPast()) return { action: null, why: 'past' };
  if (!data) return { action: null, why: null };
  if (data.undo?.op_id === transaction.op_id) return { action: 'undo', why: null };
  if (data.redo?.op_id === transaction.op_id) return { action: 'redo', why: null };
  if (me === undefined) return { action: null, why: null };
  const why = undoObstacle(transaction, me.role);
  return { action: why === null ? 'revert' : null, why };
}
