import { jsonEqual } from './json.ts';
import type { JsonObject } from './json.ts';
import type { Actor } from './permissions.ts';
import type { ProposedChange } from './verdict.ts';

/** Whether `after` has an approval that `before` lacks. */
const hasNewApproval = (before: JsonObject | null, after: JsonObject): boolean =>
  ['approved_on', 'approved_by'].some((field) => {
    const value = after[field] ?? null;
    return value !== null && value !== '' && !jsonEqual(value, before?.[field] ?? null);
  });

/** Whether a change approves a repair. An approval that is restored by undo or from a copy is not the actor's. */
export const addsApproval = ({ type, before, after, recorded = null }: ProposedChange): boolean =>
  type === 'repair' &&
  after !== null &&
  hasNewApproval(before, after) &&
  !(recorded && !hasNewApproval(recorded, after));

/** Whether the actor proposed the repair, which they do not approve while a second person must. `isCreator`: whether they created the record. */
export const isOwnProposal = (actor: Actor, before: JsonObject | null, isCreator: boolean): boolean =>
  before === null || isCreator || (actor.name !== undefined && before['proposed_by'] === actor.name);

/** Labels of operations that bring approvals from an earlier state, a file or a sandbox, where they were checked. */
const copyingLabels: readonly string[] = [
  'import',
  'sheet.import',
  'undo',
  'redo',
  'sandbox.promoted',
  'moment.restored',
  'backups.records',
  'backups.restored',
  'golden.reset',
  'workspace.restored',
  'records.salvaged',
  'workspace.salvaged',
];

/** Whether a pushed change brings an approval that another person gave elsewhere. A new record can bring an own one, from before the push. */
export const bringsApproval = (
  actor: Actor,
  { before, after }: Pick<ProposedChange, 'before' | 'after'>,
  { label, recovers, author }: { label: string; recovers: string | null; author: string | null },
): boolean =>
  (recovers !== null && author !== actor.id) ||
  (copyingLabels.includes(label) && (before === null || after?.['approved_by'] !== actor.name));
