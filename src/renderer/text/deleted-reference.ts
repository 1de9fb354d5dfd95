import type { Issue } from '#shared/contract/fault-data.ts';
import { say } from '../i18n/setup.ts';
import { faultData } from './faults.ts';
import { fieldName, displayTitle } from './names.ts';

/** A deleted record that blocks a restore. */
export interface DeletedReference extends NonNullable<Issue['gone']> {
  /** The field of the restored record that refers to it; null for an indirect reference. */
  field: string | null;
  /** The field with the reference, also of an indirect one. */
  referringField: string;
}

/** The deleted records in an error, without duplicates. */
export function deletedReferencesIn(error: unknown): DeletedReference[] {
  const byId = new Map<string, DeletedReference>();
  for (const { path, gone } of faultData(error, 'INVALID')?.issues ?? []) {
    const referringField = path.split('.').at(-1) ?? '';
    const field = referringField === path ? path : null;
    if (gone && !byId.has(gone.id)) byId.set(gone.id, { ...gone, referringField, field });
  }
  return [...byId.values()];
}

function referenceSentence({
  referringField,
  title,
  type,
}: Pick<DeletedReference, 'referringField' | 'title' | 'type'>): string {
  const field = fieldName(referringField);
  return say('grid:restoreGone.field', { title: displayTitle(title, type), field });
}

/** "“Thermal” (From) is deleted: restore it first." */
export function deletedReferenceText(references: readonly Omit<DeletedReference, 'id'>[]): string {
  const what = references.map((reference) => referenceSentence(reference)).join('; ');
  return say('grid:restoreGone.first', { what, count: references.length });
}
