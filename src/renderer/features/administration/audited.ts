import type { AuditedChange } from '#shared/contract/server/audit.ts';
import type { SyncConflict } from '#shared/contract/sync.ts';

/** The changed record with its title at that time, or its current title if the change does not hold one. */
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
