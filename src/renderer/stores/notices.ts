import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { Described } from '../text/faults.ts';

/** What can be done about a notice. */
export interface NoticeAction {
  label: string;
  run: () => void;
  /** The step of undo or redo that it takes: it is offered as long as that one is next. */
  step?: { direction: 'undo' | 'redo'; op: string };
}

/** What went wrong, with all that is copied of it. */
export interface Fault {
  described: Described;
  /** When, as ISO 8601. */
  at: string;
  doing?: string | undefined;
}

/** A notice of this session, as the notices' list has it. */
export interface NoticeEntry {
  /** Each has its own, also those that replace one another on the screen. */
  serial: number;
  /** What it goes by on the screen: those of one key replace each other there. */
  key: string;
  /** When, as ISO 8601. */
  at: string;
  title: ReactNode;
  more: ReactNode;
  fault?: Fault | undefined;
  tone: 'plain' | 'bad';
  /** Null when there is none, or when it cannot be done any more. */
  action: NoticeAction | null;
  passing: boolean;
  /** It wants to be looked at, and nobody has yet: the bell counts it. */
  waits: boolean;
}

/** Longest list; older ones are forgotten. */
const most = 200;

interface Notices {
  list: readonly NoticeEntry[];
  opened: boolean;
  next: number;
}

export const useNotices = create<Notices>()(() => ({ list: [], opened: false, next: 1 }));

const seen = (one: NoticeEntry): NoticeEntry => (one.waits ? { ...one, waits: false } : one);
const spent = (one: NoticeEntry): NoticeEntry => (one.action ? { ...seen(one), action: null } : seen(one));

/** Who has waited as long as this, in milliseconds, may have gone on to something else. */
const long = 5000;

/** Something of that key went on for so long that what comes of it may not be seen. */
function wasLong(list: readonly NoticeEntry[], key: string, now: Date): boolean {
  return list.some((one) => one.key === key && one.passing && now.getTime() - Date.parse(one.at) >= long);
}

/**
 * Adds a notice. Earlier ones of the same key have had their time: what they offered is not offered any more. `waits` says that it
 * wants to be looked at: what went wrong, what somebody else did, or what came of long work. The answer to one's own doing does not.
 */
export function remember(told: Omit<NoticeEntry, 'serial' | 'at'>): void {
  useNotices.setState(({ list, next, opened }) => {
    const others = list
      .filter((one) => !(one.key === told.key && one.passing))
      .map((one) => (one.key === told.key ? spent(one) : one));
    const now = new Date();
    const waits = !opened && (told.waits || (!told.passing && wasLong(list, told.key, now)));
    const added: NoticeEntry = { ...told, waits, serial: next, at: now.toISOString() };
    return { list: [added, ...others].slice(0, most), next: next + 1 };
  });
}

/** What notices of that key tell is over, and what they offered done or not to be done any more. One of something going on is forgotten. */
export function settle(key: string): void {
  useNotices.setState(({ list }) => ({
    list: list
      .filter((one) => !(one.key === key && one.passing))
      .map((one) => (one.key === key ? spent(one) : one)),
  }));
}

/** Shows or hides the list; what is in it then has been looked at. */
export function showNotices(opened: boolean): void {
  useNotices.setState(({ list }) => ({ opened, list: list.map(seen) }));
}

/** The person has looked at what notices of that key tell, and put it away. */
export function markSeen(key: string): void {
  useNotices.setState(({ list }) => ({ list: list.map((one) => (one.key === key ? seen(one) : one)) }));
}

/** Forgets all but what still goes on. */
export function clearNotices(): void {
  useNotices.setState(({ list }) => ({ list: list.filter(({ passing }) => passing) }));
}
