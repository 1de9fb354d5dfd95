import { z } from 'zod';
import type { ApprovalRule } from '#shared/contract/repairs.ts';
import { addsApproval, isOwnProposal } from '#shared/domain/four-eyes.ts';
import { approvalVerdict } from '#shared/domain/permissions.ts';
import type { Actor } from '#shared/domain/permissions.ts';
import type { ProposedChange } from '#shared/domain/verdict.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { locateIn } from '../log/records/locate.ts';
import { actorOf, identitiesIn, idsOfPerson, profilesOf, serverHasFourEyes } from '../log/session.ts';
import { settingId } from './workspace-settings.ts';

const storedRule = z.object({ four_eyes: z.boolean() });

/** Whether a repair needs the approval of a second person. Default, and the rule of servers: as soon as two people are able to approve. */
export function readApprovalRule(db: ReadHandle): ApprovalRule {
  const record = locateIn(db, 'workspace', settingId('approval'));
  const { data } = storedRule.safeParse(record && !record.deleted ? record.payload : null);
  const approvers = countApprovers(db);
  const by_server = serverHasFourEyes(db);
  const four_eyes = (by_server ? undefined : data?.four_eyes) ?? approvers > 1;
  return { four_eyes, is_default: data === undefined, by_server, approvers };
}

function countApprovers(db: ReadHandle): number {
  const ids = new Set(
    profilesOf(db)
      .filter((profile) => approvalVerdict(actorOf(profile)).allowed)
      .map(({ id }) => id),
  );
  // A person who joined a server keeps the profile from before.
  for (const [profile, user] of identitiesIn(db)) if (ids.has(user)) ids.delete(profile);
  return ids.size;
}

/** Leaves out the first download, which is logged under the person who joined. */
const creatorQuery = `SELECT l.actor FROM audit_logs l JOIN audit_transactions t ON t.id = (SELECT max(id) FROM audit_transactions WHERE id <= l.id)
  WHERE l.entity_id = ? AND l.action = 'create' AND t.label NOT LIKE 'sync.%' ORDER BY l.id LIMIT 1`;

/** Whether the actor approves an own proposal although a second person must. */
export function isOwnApproval(db: ReadHandle, actor: Actor, change: ProposedChange): boolean {
  if (!addsApproval(change) || !readApprovalRule(db).four_eyes) return false;
  const creator = db.get<{ actor: string }>(creatorQuery, [change.id])?.actor;
  const isCreator = creator !== undefined && idsOfPerson(db, actor.id).has(creator);
  return isOwnProposal(actor, change.before, isCreator);
}
