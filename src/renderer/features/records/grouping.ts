import type { ListView } from '#shared/address/view.ts';
import { ownNameOf } from '#shared/domain/own-fields.ts';
import type { OwnField } from '#shared/domain/own-fields.ts';
import { nameField } from '#shared/domain/title.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { filterField, filterFields } from './filters/model.ts';
import type { FilterField } from './filters/model.ts';

/** What a list of the type can be grouped by: what several records may share, not names and long texts. */
export function groupFields(type: EntityType, own: readonly OwnField[] = []): readonly FilterField[] {
  return filterFields(type, own).filter(({ key, kind }) => kind !== 'longtext' && key !== nameField(type));
}

/**
 * The field by which the records of a list stand in groups, or null. Deleted records stand in none. An own field is one also when no
 * record has it any more: then they are one group.
 */
export function groupFieldOf(
  { type, group, deleted }: ListView,
  own: readonly OwnField[] = [],
): FilterField | null {
  if (group === '' || deleted === 'only') return null;
  if (ownNameOf(group) !== null) return filterField(type, group, own);
  return groupFields(type).find(({ key }) => key === group) ?? null;
}
