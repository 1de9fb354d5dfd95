import type { InputOf, OutputOf } from '#shared/contract/base.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { approve, setApproval } from '#shared/contract/repairs.ts';
import { stateFields } from '#shared/domain/states.ts';
import { issueOf } from '#shared/texts/issues.ts';
import { localDay } from '../../kernel/system.ts';
import type { WriteContext } from '../../log/commands/write-context.ts';
import { patchRecord, visibleRecord } from '../../model/commands.ts';
import { readApprovalRule } from '../../model/four-eyes.ts';
import { assertCanApprove, assertCanSetApprovalRule } from '../../model/permissions.ts';
import { readRecord } from '../../model/queries.ts';
import type { CallContext } from '../../model/services.ts';
import { readTitle } from '../../model/titles.ts';
import { invalidFault } from '../../model/validate.ts';
import { writeSetting } from '../../model/workspace-settings.ts';

const agreements = {
  approve: { on: 'approved_on', by: 'approved_by', label: 'repair.approved', withdrawn: 'repair.unapproved' },
  check: { on: 'checked_on', by: 'checked_by', label: 'repair.checked', withdrawn: 'repair.unchecked' },
} as const;

/** A command that sets or withdraws the approval or the check of a repair. Throws NOT_FOUND, FORBIDDEN, INVALID. */
export const agreementCommand =
  (kind: keyof typeof agreements) =>
  (
    write: WriteContext,
    { id, withdraw }: InputOf<typeof approve>,
    { services }: CallContext,
  ): OutputOf<typeof approve> => {
    const { db, actor, audit } = write;
    const { on, by, label, withdrawn } = agreements[kind];
    const current = visibleRecord(db, 'repair', id);
    const { payload } = current;
    assertCanApprove(actor, id);
    const isDone = ['done', 'checked'].includes(stateFields.repair?.of(payload) ?? '');
    if (kind === 'approve' && isDone) throw invalidFault([issueOf(on, 'repair_done')]);
    if (kind === 'check' && !isDone) throw invalidFault([issueOf(on, 'repair_open')]);
    const isAgreed = (payload[on] ?? null) !== null;
    const day = localDay(services.source.clock.now());
    const edit = withdraw
      ? { set: {}, unset: [on, by] }
      : { set: { [on]: day, [by]: actor.name ?? null }, unset: [] };
    const isChanged = isAgreed === withdraw && patchRecord(write, current, edit);
    if (isChanged) audit.label(withdraw ? withdrawn : label, { id, title: readTitle(db, 'repair', payload) });
    return { record: readRecord(db, 'repair', id), op_id: isChanged ? audit.op_id : null };
  };

/** Sets the approval rule in live; sandboxes have a copy. Throws FORBIDDEN. */
export function setApprovalRule(
  write: WriteContext,
  { four_eyes }: InputOf<typeof setApproval>,
  { services }: CallContext,
): OutputOf<typeof setApproval> {
  if (services.files.target.kind !== 'live')
    throw new Fault('FORBIDDEN', { rule: 'live_only', type: 'workspace', id: null });
  assertCanSetApprovalRule(write.actor);
  const stored = readApprovalRule(write.db);
  if (stored.by_server)
    throw new Fault('FORBIDDEN', { rule: 'approval_rule_of_server', type: 'workspace', id: null });
  const isChanged =
    four_eyes === null ? !stored.is_default : stored.is_default || stored.four_eyes !== four_eyes;
  if (isChanged) {
    writeSetting(
      write,
      'approval',
      four_eyes === null ? {} : { four_eyes },
      four_eyes === null ? ['four_eyes'] : [],
    );
    write.audit.label('repairs.approval', { four_eyes });
  }
  return { ...readApprovalRule(write.db), op_id: isChanged ? write.audit.op_id : null };
}
