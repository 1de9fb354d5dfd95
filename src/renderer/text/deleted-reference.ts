import type { Issue } from '#shared/contract/faults.ts';
import { say } from '../i18n/setup.ts';
import { faultData } from './faults.ts';
import { fieldName, titleOr } from './names.ts';

/** A deleted record that stands in the way of another coming back: `field` of that names it, null when only what it names does. */
export interface DeletedReference extends NonNullable<Issue['gone']> {
  field: string | null;
  as: string;
}

/** The deleted records that an error of core names, each once. */
export function deletedReferencesIn(error: unknown): DeletedReference[] {
  const found = new Map<string, DeletedReference>();
  for (const { path, gone } of faultData(error, 'INVALID')?.issues ?? []) {
    const as = path.split('.').at(-1) ?? '';
    if (gone && !found.has(gone.id)) found.set(gone.id, { ...gone, as, field: as === path ? as : null });
  }
  return [...found.values()];
}

function sentence({ field, as, title, type }: Omit<DeletedReference, 'id'>): string {
  const named = { title: titleOr(title, type) };
  if (field === 'from') return say('grid:restoreGone.from', named);
  if (field === 'to') return say('grid:restoreGone.to', named);
  return say('grid:restoreGone.field', { ...named, field: fieldName(as) });
}

/** "Thermal, at which this link ends, is deleted: restore it first." */
export function deletedReferenceText(gone: readonly Omit<DeletedReference, 'id'>[]): string {
  const what = gone.map((one) => sentence(one)).join('; ');
  return say('grid:restoreGone.first', { what, count: gone.length });
}
