import type { Issue } from '#shared/contract/faults.ts';
import { say } from '../i18n/setup.ts';
import { faultData } from './faults.ts';
import { fieldName, titleOr } from './names.ts';

/** A deleted record that stands in the way of another coming back: `field` of that names it, null when only what it names does. */
export interface Gone extends NonNullable<Issue['gone']> {
  field: string | null;
  /** The field that names it, of whichever record. */
  as: string;
}

/** The deleted records that an error of core names, each once. */
export function goneIn(error: unknown): Gone[] {
  const found = new Map<string, Gone>();
  for (const { path, gone } of faultData(error, 'INVALID')?.issues ?? []) {
    const as = path.split('.').at(-1) ?? '';
    if (gone && !found.has(gone.id)) found.set(gone.id, { ...gone, as, field: as === path ? as : null });
  }
  return [...found.values()];
}

function sentence({ field, as, title, type }: Omit<Gone, 'id'>, several: boolean): string {
  const named = { title: titleOr(title, type) };
  if (field === 'from') return say(several ? 'grid:restoreGone.fromSome' : 'grid:restoreGone.from', named);
  if (field === 'to') return say(several ? 'grid:restoreGone.toSome' : 'grid:restoreGone.to', named);
  return say('grid:restoreGone.field', { ...named, field: fieldName(as) });
}

/** "Thermal, at which this link ends, is deleted: restore it first." `several`: one of the records that shall come back names it. */
export function goneText(gone: readonly Omit<Gone, 'id'>[], several = false): string {
  const what = gone.map((one) => sentence(one, several)).join('; ');
  return say('grid:restoreGone.first', { what, count: gone.length });
}
