import type { EntityRecord } from '#shared/contract/record.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { say } from '../i18n/setup.ts';
import { countedRecords, displayTitle } from '../text/names.ts';
import { lockedKey, notice } from './notices.tsx';

/** Any count with which texts use the plural. */
const pluralCount = 2;

/** Reports why something cannot be changed, replacing an earlier report. `title`: "Thermal is read-only for you". */
function showNotice(title: string, why: string): void {
  notice({ id: lockedKey, title, more: why, stays: 5000 });
}

export function reportImpossible(what: string, why: string): void {
  showNotice(say('common:notPossible', { what }), why);
}

/** Reports why records of a type cannot be changed: one by name, several by count. */
export function reportLocked(type: EntityType, records: readonly EntityRecord[], why: string): void {
  const [first, second] = records;
  if (first && !second) showNotice(say('grid:locked', { title: displayTitle(first.title, type) }), why);
  else reportCountLocked(type, records.length, why);
}

export function reportCountLocked(type: EntityType, count: number, why: string): void {
  showNotice(say('grid:lockedMany', { what: countedRecords(type, count), count }), why);
}

/** Like `reportLocked` for things named in words: "Teams", "Positions". */
export function reportAllLocked(what: string, why: string): void {
  showNotice(say('grid:lockedMany', { what, count: pluralCount }), why);
}
