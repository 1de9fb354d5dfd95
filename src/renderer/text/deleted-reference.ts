import type { Issue } from '#shared/contract/fault-data.ts';
import { say } from '../i18n/setup.ts';
import { faultData } from './faults.ts';
import { fieldName, displayTitle } from './names.ts';

/** A deleted record that blocks a restore; `field` is null for an indirect reference. */
export interface DeletedReference extends NonNullable<Issue['gone']> {
  field: string | null;
  as: string;
}

/** The deleted records in an error, without duplicates. */
export function deletedReferencesIn(error: unknown): DeletedReference[] {
  const byId = new Map<string, DeletedReference>();
  for (const { path, gone } of faultData(error, 'INVALID')?.issues ?? []) {
    const as = path.split('.').at(-1) ?? '';
    if (gone && !byId.has(gone.id)) byId.set(gone.id, { ...gone, as, field: as === path ? as : null });
  }
  return [...byId.values()];
}

function referenceSentence({ as, title, type }: Pick<DeletedReference, 'as' | 'title' | 'type'>): string {
  return say('grid:restoreGone.field', { title: displayTitle(title, type), field: fieldName(as) });
}

/** "“Thermal” (From) is deleted: restore it first." */
export function deletedReferenceText(references: readonly Omit<DeletedReference, 'id'>[]): string {
  const what = references.map((reference) => referenceSentence(reference)).join('; ');
  return say('grid:restoreGone.first', { what, count: references.length });
}
