import type { Issue } from '#shared/contract/fault-data.ts';
import { say } from '../i18n/setup.ts';
import { faultData } from './faults.ts';
import { fieldName, titleOr } from './names.ts';

/** A deleted record that blocks a restore; `field` is null for an indirect reference. */
export interface DeletedReference extends NonNullable<Issue['gone']> {
  field: string | null;
  as: string;
}

/** The deleted records in an error, without duplicates. */
export function deletedReferencesIn(error: unknown): DeletedReference[] {
  const found = new Map<string, DeletedReference>();
  for (const { path, gone } of faultData(error, 'INVALID')?.issues ?? []) {
    const as = path.split('.').at(-1) ?? '';
    if (gone && !found.has(gone.id)) found.set(gone.id, { ...gone, as, field: as === path ? as : null });
  }
  return [...found.values()];
}

function sentence({ as, title, type }: Pick<DeletedReference, 'as' | 'title' | 'type'>): string {
  return say('grid:restoreGone.field', { title: titleOr(title, type), field: fieldName(as) });
}

/** "“Thermal” (From) is deleted: restore it first." */
export function deletedReferenceText(references: readonly Omit<DeletedReference, 'id'>[]): string {
  const what = references.map((one) => sentence(one)).join('; ');
  return say('grid:restoreGone.first', { what, count: references.length });
}
