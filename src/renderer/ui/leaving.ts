interface Leaving {
  /** Milliseconds. */
  stays: number;
  leave: () => void;
  /** Nobody may have seen it yet: its time begins once the window is in front. */
  unseen: boolean;
  timer?: ReturnType<typeof setTimeout>;
}

/** The notices on the screen that leave it by themselves, by their keys. */
const leaving = new Map<string, Leaving>();
/** Those on which the pointer is, or in which the focus is: as long as there is one, none leaves. */
const held = new Map<string, Set<'pointer' | 'focus'>>();

/** Their time begins anew, or stands still. */
function settle(): void {
  for (const one of leaving.values()) {
    clearTimeout(one.timer);
    if (held.size === 0 && !one.unseen) one.timer = setTimeout(one.leave, one.stays);
  }
}

/** The person is there: the time of what they may not have seen begins. */
function seeAll(): void {
  const unseen = [...leaving.values()].filter((one) => one.unseen);
  if (unseen.length === 0) return;
  for (const one of unseen) one.unseen = false;
  settle();
}

let watching = false;

/**
 * Has a notice leave the screen after `stays` milliseconds. One that `waits` to be looked at does so after the window was in front. While
 * one is pointed at, or has the focus, all stay, and their time begins anew after that.
 */
export function leaveAfter(key: string, stays: number, waits: boolean, leave: () => void): void {
  if (!watching) window.addEventListener('focus', seeAll);
  watching = true;
  stay(key);
  const one: Leaving = { stays, leave, unseen: waits && !document.hasFocus() };
  leaving.set(key, one);
  if (held.size === 0 && !one.unseen) one.timer = setTimeout(leave, stays);
}

/** A notice is gone, or leaves no more by itself. */
export function stay(key: string): void {
  clearTimeout(leaving.get(key)?.timer);
  leaving.delete(key);
  if (held.delete(key)) settle();
}

/** The pointer came on a notice, or the focus into it. */
export function hold(key: string, by: 'pointer' | 'focus'): void {
  held.set(key, (held.get(key) ?? new Set()).add(by));
  settle();
}

/** It went from there. */
export function release(key: string, by: 'pointer' | 'focus'): void {
  const left = held.get(key);
  left?.delete(by);
  if (left?.size === 0) held.delete(key);
  settle();
}
