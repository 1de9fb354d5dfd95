import { entityTypes, isEntityType } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { referencesOf } from '../model/validate.ts';
import type { Wanted } from './choose.ts';

/** What refers comes after what it refers to, so that undo takes it back before that. */
const order: readonly AuditedType[] = [
  ...entityTypes.filter((type) => type !== 'interface'),
  'profile',
  'interface',
  'view',
  'position',
  'workspace',
];

export function inOrder(wanted: readonly Wanted[]): Wanted[] {
  return wanted.toSorted((a, b) => order.indexOf(a.type) - order.indexOf(b.type));
}

/**
 * Whether it is made to refer to another record than before, or to leave its university: what would go with that must be out of it before.
 * References that are only emptied may follow from a deletion.
 */
export function givesReference({ type, patch }: Wanted): boolean {
  if (!patch || (!isEntityType(type) && type !== 'profile')) return false;
  const { set, unset } = patch;
  const leaves = Object.hasOwn(set, 'university_id') || unset.includes('university_id');
  return (leaves && type !== 'profile') || referencesOf(type).some(({ key }) => typeof set[key] === 'string');
}
