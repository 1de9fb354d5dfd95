import type { ReactNode } from 'react';
import { windowStore } from '../api/window-store.ts';
import type { Described } from '../text/faults.ts';

export interface NoticeAction {
  label: string;
  run: () => void;
  /** The undo or redo step of the action, which is offered only while that step is next. */
  step?: { direction: 'undo' | 'redo'; op: string };
}

/** An error with the details that can be copied. */
export interface Fault {
  described: Described;
  /** ISO 8601. */
  at: string;
  doing?: string | undefined;
}

export interface NoticeEntry {
  /** Unique, also for notices that replace each other. */
  serial: number;
  /** Notices with the same key replace each other on screen. */
  key: string;
  at: string;
  title: ReactNode;
  more: ReactNode;
  fault?: Fault | undefined;
  tone: 'plain' | 'bad';
  /** Null if there is none, or if it no longer applies. */
  action: NoticeAction | null;
  passing: boolean;
  /** Not seen yet; counted on the bell. */
  waits: boolean;
}

const most = 200;

interface Notices {
  list: readonly NoticeEntry[];
  opened: boolean;
  next: number;
}

export const useNotices = windowStore<Notices>(() => ({ list: [], opened: false, next: 1 }));

const seen = (one: NoticeEntry): NoticeEntry => (one.waits ? { ...one, waits: false } : one);
const spent = (one: NoticeEntry): NoticeEntry => (one.action ? { ...seen(one), action: null } : seen(one));

/** After this many milliseconds the person may have turned to something else. */
const long = 5000;

/** Whether work with this key took so long that its result may go unseen. */
function wasLong(list: readonly NoticeEntry[], key: string, now: Date): boolean {
  return list.some((one) => one.key === key && one.passing && now.getTime() - Date.parse(one.at) >= long);
}

/**
 * Adds a notice. Actions of earlier notices with the same key end. `waits` marks one that must not be missed: a failure, something others
 * did, or the result of long work. Answers to the person's own actions are not.
 */
export function addNotice(notice: Omit<NoticeEntry, 'serial' | 'at'>): void {
  useNotices.setState(({ list, next, opened }) => {
    const others = list
      .filter((one) => !(one.key === notice.key && one.passing))
      .map((one) => (one.key === notice.key ? spent(one) : one));
    const now = new Date();
    const waits = !opened && (notice.waits || (!notice.passing && wasLong(list, notice.key, now)));
    const added: NoticeEntry = { ...notice, waits, serial: next, at: now.toISOString() };
    return { list: [added, ...others].slice(0, most), next: next + 1 };
  });
}

/** Ends the actions of notices with this key, and removes those of ongoing work. */
export function settleNotices(key: string): void {
  useNotices.setState(({ list }) => ({
    list: list
      .filter((one) => !(one.key === key && one.passing))
      .map((one) => (one.key === key ? spent(one) : one)),
  }));
}

/** Shows or hides the list; shown notices count as seen. */
export function showNotices(opened: boolean): void {
  useNotices.setState(({ list }) => ({ opened, list: list.map(seen) }));
}

export function markSeen(key: string): void {
  useNotices.setState(({ list }) => ({ list: list.map((one) => (one.key === key ? seen(one) : one)) }));
}

export function clearNotices(): void {
  useNotices.setState(({ list }) => ({ list: list.filter(({ passing }) => passing) }));
}
