import type { AuditAction } from '#shared/contract/history.ts';
import type { HistoryView } from '#shared/address/view.ts';
import { auditedTypes } from '#shared/domain/types.ts';
import type { AuditedType } from '#shared/domain/types.ts';
import { localDay } from '../../text/local-day.ts';

/** What the data process is asked for, without which part of it. */
export interface HistoryQuery {
  actor?: string;
  type?: AuditedType;
  action?: AuditAction;
  university_id?: string;
  entity_id?: string;
  /** What was done to the record's links too. */
  with_links?: boolean;
  /** ISO moments. */
  from?: string;
  until?: string;
}

export const auditActions: readonly AuditAction[] = ['create', 'update', 'delete', 'restore'];

/** The first or the last moment of a day in the person's own time; undefined when the text is no day. */
export function momentOf(day: string, edge: 'start' | 'end'): string | undefined {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(day)) return undefined;
  const time = new Date(`${day}T${edge === 'start' ? '00:00:00.000' : '23:59:59.999'}`);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}

/** The day that lies `days` before a moment. */
export function daysBefore(now: Date, days: number): string {
  return localDay(new Date(now.getFullYear(), now.getMonth(), now.getDate() - days));
}

/** What an address asks for; parts that name nothing known are left out. */
export function queryOf(view: HistoryView): HistoryQuery {
  const type = auditedTypes.find((known) => known === view.type);
  const action = auditActions.find((known) => known === view.action);
  const from = momentOf(view.from, 'start');
  const until = momentOf(view.until, 'end');
  return {
    ...(view.actor === '' ? {} : { actor: view.actor }),
    ...(type === undefined ? {} : { type }),
    ...(action === undefined ? {} : { action }),
    ...(view.university === '' ? {} : { university_id: view.university }),
    ...(view.record === '' ? {} : { entity_id: view.record, with_links: true }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

/** True when anything narrows the history. */
export function isFiltered(query: HistoryQuery): boolean {
  return Object.keys(query).length > 0;
}

/** The parts of an address that narrow the history, all empty. */
export const noFilters = { actor: '', type: '', action: '', university: '', record: '', from: '', until: '' };
