import type { ReactNode } from 'react';
import { windowStore } from '../api/window-store.ts';
import type { ErrorDescription } from '../text/faults.ts';

export interface NoticeAction {
  label: string;
  run: () => void;
  /** The undo or redo step of the action, which is offered only while that step is next. */
  step?: { direction: 'undo' | 'redo'; op: string };
}

/** An error with the details that can be copied. */
export interface Fault {
  description: ErrorDescription;
  /** ISO 8601. */
  occurredAt: string;
  activity?: string | undefined;
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
  isOngoing: boolean;
  /** Must not be missed and was not seen yet; counted on the bell. */
  needsAttention: boolean;
}

const maxNotices = 200;

interface Notices {
  list: readonly NoticeEntry[];
  opened: boolean;
  /** The serial number of the next notice. */
  next: number;
}

export const useNotices = windowStore<Notices>(() => ({ list: [], opened: false, next: 1 }));

const asSeen = (entry: NoticeEntry): NoticeEntry =>
  entry.needsAttention ? { ...entry, needsAttention: false } : entry;
const withoutAction = (entry: NoticeEntry): NoticeEntry =>
  entry.action ? { ...asSeen(entry), action: null } : asSeen(entry);

/** After this many milliseconds the person can have turned to something else. */
const longWorkMs = 5000;

/** Whether work with this key took so long that its result can go unseen. */
function wasLongWork(list: readonly NoticeEntry[], key: string, now: Date): boolean {
  return list.some(
    (one) => one.key === key && one.isOngoing && now.getTime() - Date.parse(one.at) >= longWorkMs,
  );
}

/**
 * Adds a notice. Actions of earlier notices with the same key end. `needsAttention` marks a notice that must not be missed: a failure, a
 * change by others, or the result of long work; not an answer to the person's own action.
 */
export function addNotice(notice: Omit<NoticeEntry, 'serial' | 'at'>): void {
  useNotices.setState(({ list, next, opened }) => {
    const others = list
      .filter((one) => !(one.key === notice.key && one.isOngoing))
      .map((one) => (one.key === notice.key ? withoutAction(one) : one));
    const now = new Date();
    const needsAttention =
      !opened && (notice.needsAttention || (!notice.isOngoing && wasLongWork(list, notice.key, now)));
    const entry: NoticeEntry = { ...notice, needsAttention, serial: next, at: now.toISOString() };
    return { list: [entry, ...others].slice(0, maxNotices), next: next + 1 };
  });
}

/** Ends the actions of notices with this key, and removes those of ongoing work. */
export function endNotices(key: string): void {
  useNotices.setState(({ list }) => ({
    list: list
      .filter((one) => !(one.key === key && one.isOngoing))
      .map((one) => (one.key === key ? withoutAction(one) : one)),
  }));
}

/** Shows or hides the list; shown notices count as seen. */
export function setNoticeListOpen(opened: boolean): void {
  useNotices.setState(({ list }) => ({ opened, list: list.map(asSeen) }));
}

export function markSeen(key: string): void {
  useNotices.setState(({ list }) => ({ list: list.map((one) => (one.key === key ? asSeen(one) : one)) }));
}

export function clearNotices(): void {
  useNotices.setState(({ list }) => ({ list: list.filter(({ isOngoing }) => isOngoing) }));
}
