import { Fault } from '#shared/contract/faults.ts';
import { maxAgentProposals } from '#shared/domain/limits.ts';
import type { DenialRule } from '#shared/domain/permissions.ts';
import type { WriteContext } from '../log/commands/write-context.ts';

/** Repairs that agents created since a time, deleted ones too. An agent is named in the transaction of its changes. */
const proposalsQuery = `SELECT count(*) FROM repairs r JOIN audit_logs l ON l.entity_id = r.id AND l.action = 'create'
  WHERE r.created_at >= ? AND (SELECT t.params ->> '$.agent' FROM audit_transactions t WHERE t.id <= l.id ORDER BY t.id DESC LIMIT 1) IS NOT NULL`;

/** Throws FORBIDDEN if agents have created as many repairs in this file today (UTC) as they may. */
export function assertAgentCanPropose({ db, actor, audit }: WriteContext, id: string): void {
  if (actor.agent === undefined) return;
  const [count = 0] = db.column<number>(proposalsQuery, [audit.time.slice(0, 10)]);
  const rule: DenialRule = 'agent_proposals_daily';
  if (count >= maxAgentProposals) throw new Fault('FORBIDDEN', { rule, type: 'repair', id });
}
