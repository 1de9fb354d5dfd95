import { entityTypes } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';

/** Whether records of the type can be an end of a link. */
export function linkable(type: EntityType): boolean {
  return type !== 'interface' && type !== 'risk-factor' && type !== 'factor-model';
}

/** The types of which an end of a link may be. */
export const endTypes: readonly EntityType[] = entityTypes.filter(linkable);
