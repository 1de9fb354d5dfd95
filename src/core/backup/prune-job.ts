import type { Pruned } from '#shared/contract/backups.ts';
import { Fault } from '#shared/contract/faults.ts';
import { permitBackups } from '../model/permissions.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import type { Tell } from '../kernel/progress-stream.ts';
import { noteAct } from '../model/workspace-settings.ts';
import { previewPrune, pruneBackups } from './prune.ts';
import type { PrunePlan } from './prune-plan.ts';
import { readRetention } from './retention.ts';

interface Wanted {
  dry: boolean;
  only?: readonly string[] | undefined;
  /** Nobody asked for it: the audit says so. */
  automatic?: boolean | undefined;
}

/** Refuses what is asked for from within a sandbox: backups are of live, and so is what says which ones stay. Throws FORBIDDEN. */
export function onlyLive({ services }: CallContext): void {
  if (services.files.target.kind === 'live') return;
  const message = 'Backups are of live: they are not removed from within a sandbox. Nothing was changed.';
  throw new Fault('FORBIDDEN', message, { rule: 'live_only', type: 'backup', id: '' });
}

/**
 * Removes backups by the workspace's rule. What goes is written into the audit before it goes, and nothing else goes: a removal that
 * cannot be audited does not happen. It is not written while the backups are held, because an import holds the records and then waits for
 * the backups. Throws FORBIDDEN, BUSY, CANCELLED, WORKSPACE.
 */
export async function prune(
  call: CallContext,
  { dry, only, automatic = false }: Wanted,
  tell: Tell,
  signal: AbortSignal,
): Promise<Pruned> {
  const { read, files, source, log, queue } = call.services;
  onlyLive(call);
  permitBackups(actorOf(actingProfile(read, call.session)));
  const { backups } = files;
  const [policy, now] = [readRetention(read), source.clock.now()];
  const pruning = { backups, policy, now, log, tell, signal };
  const plan = await previewPrune({ ...pruning, only: only && new Set(only) });
  if (dry || (plan.goes.length === 0 && plan.packs.length === 0))
    return said(plan, { dry, op_id: null, policy });
  const ids = plan.goes.map(({ id }) => id);
  const op_id = ids.length === 0 ? null : await audited(ids);
  return said(await pruneBackups({ ...pruning, only: new Set(ids) }), { dry, op_id, policy });

  function audited(removed: string[]): Promise<string> {
    return queue.command(call.session, (write) => {
      permitBackups(write.actor);
      noteAct(write, 'backups.prune', { backups: removed });
      write.audit.label('backups.prune', { count: removed.length, ...(automatic ? { automatic } : {}) });
      return write.audit.op_id;
    });
  }
}

function said(
  { goes, kept, packs, bytes, unreadable }: PrunePlan,
  { dry, op_id, policy }: { dry: boolean; op_id: string | null; policy: Pruned['retention'] },
): Pruned {
  const removed = goes.map(({ id, made, reason }) => ({ id, made, reason }));
  return {
    dry,
    op_id,
    retention: policy,
    removed,
    kept,
    packs: packs.length,
    bytes,
    unreadable: [...unreadable],
  };
}
