import { report } from '../../../ui/notices.tsx';
import type { Choices } from './choices.ts';

/** What becomes of the choices that are made by then. */
export type Step = (now: Choices) => Choices;

/** A click on a box, whose whole meaning is known only when all differences are read. */
export interface Click {
  /** What is plain at once. */
  atOnce: Step;
  /** All that it means; null while the differences are being read. */
  whole: Step | null;
}

/** Clicks whose differences are being read, by sandbox, in the order of the clicks. They go on while one is elsewhere. */
const waiting = new Map<string, Click[]>();

export function clicksOf(sandbox: string): Click[] {
  const clicks = waiting.get(sandbox) ?? [];
  waiting.set(sandbox, clicks);
  return clicks;
}

/**
 * Does what a click means: what is plain at once, and the whole when that is read. Clicks take effect in their order whenever each is
 * read, so that none takes back a later one. Where reading fails that is told, and what was plain stays.
 */
export async function follow(
  clicks: Click[],
  change: (next: Step) => void,
  atOnce: Step,
  read: () => Promise<Step>,
): Promise<void> {
  const click: Click = { atOnce, whole: null };
  clicks.push(click);
  change(atOnce);
  try {
    click.whole = await read();
  } catch (reason) {
    click.whole = atOnce;
    report(reason);
  }
  const open = clicks.findIndex(({ whole }) => whole === null);
  const done = clicks.splice(0, open === -1 ? clicks.length : open);
  if (done.length === 0) return;
  const steps = [...done.map((one) => one.whole ?? one.atOnce), ...clicks.map((one) => one.atOnce)];
  change((now) => steps.reduce((so, step) => step(so), now));
}
