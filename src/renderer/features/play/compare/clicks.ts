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
  /** What was chosen before it, of which it takes the whole effect. */
  before: Choices | null;
}

/** Clicks whose differences are being read, by sandbox, in the order of the clicks. They go on while one is elsewhere. */
const waiting = new Map<string, Click[]>();

export function clicksOf(sandbox: string): Click[] {
  const clicks = waiting.get(sandbox) ?? [];
  waiting.set(sandbox, clicks);
  return clicks;
}

/** Has a step that needs no reading keep its place among the clicks that do. */
export function keepPlace(clicks: Click[], step: Step): void {
  if (clicks.length > 0) clicks.push({ atOnce: step, whole: step, before: null });
}

const all = (steps: readonly Step[], from: Choices): Choices => steps.reduce((now, step) => step(now), from);

/**
 * Does what a click means: what is plain at once, and the whole when that is read. Clicks take effect in their order whenever each is
 * read, each on what those before it made, so that none takes back a later one. Where reading fails that is told, and what was plain stays.
 */
export async function follow(
  clicks: Click[],
  change: (next: Step) => void,
  atOnce: Step,
  read: () => Promise<Step>,
): Promise<void> {
  const click: Click = { atOnce, whole: null, before: null };
  clicks.push(click);
  change((now) => {
    click.before = now;
    return atOnce(now);
  });
  try {
    click.whole = await read();
  } catch (reason) {
    click.whole = atOnce;
    report(reason);
  }
  const open = clicks.findIndex(({ whole }) => whole === null);
  const done = clicks.splice(0, open === -1 ? clicks.length : open);
  if (done.length === 0) return;
  change((now) => {
    const before = all(
      done.map((one) => one.whole ?? one.atOnce),
      done[0]?.before ?? now,
    );
    if (clicks[0]) clicks[0].before = before;
    const { left, along, named } = all(
      clicks.map((one) => one.atOnce),
      before,
    );
    return { ...now, left, along, named };
  });
}
