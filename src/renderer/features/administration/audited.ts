import type { AuditedChange } from '#shared/contract/server/audit.ts';
import type { SyncConflict } from '#shared/contract/sync.ts';

/** The record that a change is of, with what it was called then; a change of other fields does not say, so today's name does. */
export function recordOf({
  entity_type,
  entity_id,
  before,
  after,
  params,
  title: today,
}: AuditedChange): SyncConflict['record'] {
  const named = { ...before, ...after };
  const told = params['id'] === entity_id ? params['title'] : undefined;
  const title = [named['name'], named['title'], told, today].find(
    (text) => typeof text === 'string' && text !== '',
  );
  return {
    type: entity_type as SyncConflict['record']['type'],
    id: entity_id,
    title: typeof title === 'string' ? title : '',
  };
}
