import { listOf } from '#shared/address/view.ts';
import type { ListView } from '#shared/address/view.ts';
import type { Filter, Sort } from '#shared/contract/entities.ts';
import type { EntityRecord } from '#shared/contract/record.ts';
import { isDay } from '#shared/domain/days.ts';
import { shownTitles } from '#shared/domain/references.ts';
import { i18n } from '../../i18n/setup.ts';
import { formatDay } from '../../text/formats.ts';
import { localDay } from '../../text/local-day.ts';
import { joinWithAnd } from '../../text/names.ts';

export const openRepairFilter: Filter = { field: 'done_on', op: 'empty' };
/** Overdue repairs first, those without a due date last. */
export const dueSort: Sort = { field: 'due_on', direction: 'asc' };

export const openRepairList = (): ListView => ({
  ...listOf('repair'),
  filters: [openRepairFilter],
  sort: [dueSort],
});

/** "Ada Kim and Bo Lee"; '' for nobody. */
export const ownersText = ({ derived }: EntityRecord): string =>
  joinWithAnd(shownTitles(derived['owners_titles']));

/** The due day of a repair (ISO 8601); null for none. */
export function dueOf({ payload }: EntityRecord): string | null {
  const due = payload['due_on'];
  return typeof due === 'string' && isDay(due) ? due : null;
}

export const isOverdue = (due: string, now = new Date()): boolean => due < localDay(now);

/** The maximum number of days for which relative dates are used. */
const maxRelativeDays = 28;
const dayMs = 86_400_000;

/** "in 3 days", "yesterday", farther away "5 Mar 2027". */
export function dueText(due: string, now = new Date()): string {
  const days = Math.round((Date.parse(due) - Date.parse(localDay(now))) / dayMs);
  if (Math.abs(days) > maxRelativeDays) return formatDay(due);
  return new Intl.RelativeTimeFormat(i18n.language, { numeric: 'auto' }).format(days, 'day');
}
