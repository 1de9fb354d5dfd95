import type { Issue } from '#shared/contract/faults.ts';
import { say } from '../i18n/setup.ts';
import { faultData } from './faults.ts';
import { fieldName, titleOr } from './names.ts';

/** A deleted record that stands in the way of another coming back: `field` of that names it, null when only what it names does. */
export interface DeletedReference extends NonNullable<Issue['gone']> {
  field: string | null;
  /** The field that names it, of whichever record. */
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

function sentence({ field, as, title, type }: Omit<DeletedReference, 'id'>, several: boolean): string {
  const named = { title: titleOr(title, type) };
  if (field === 'from') return say(several ? 'grid:restoreGone.fromSome' : 'grid:restoreGone.from', named);
  if (field === 'to') return say(several ? 'grid:restoreGone.toSome' : 'grid:restoreGone.to', named);
  return say('grid:restoreGone.field', { ...named, field: fieldName(as) });
}

/** "Thermal, at which this link ends, is deleted: restore it first." `several`: one of the records that shall come back names it. */
export function deletedReferenceText(gone: readonly Omit<DeletedReference, 'id'>[], several = false): string {
  const what = gone.map((one) => sentence(one, several)).join('; ');
  return say('grid:restoreGone.first', { what, count: gone.length });
}
