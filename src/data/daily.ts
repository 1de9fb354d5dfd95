import type { DailyOutcome } from '#core/versions/daily.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Log } from '#core/kernel/logger.ts';
import { errorFields } from './log-file.ts';

/** When it is looked whether a backup is due, in milliseconds. They pass by the machine's own time, whatever its clock is set to. */
export interface Pauses {
  /** After opening: starting is not the time for it. */
  first: number;
  /** Until the next look, and until the next where one was made: a clock that is set here and there makes no more. */
  next: number;
  made: number;
  /** Until the next look where somebody was writing, and how often that is waited for. */
  busy: number;
  patience: number;
}

const minute = 60_000;
const usual: Pauses = {
  first: 5 * minute,
  next: 30 * minute,
  made: 6 * 60 * minute,
  busy: minute / 2,
  patience: 20,
};

/**
 * Looks again and again whether a backup is due, until the result is called. What goes wrong is logged and tried again at the next look:
 * nobody who works is kept from it.
 */
export function keepDaily(
  check: (options: { evenBusy: boolean }) => Promise<DailyOutcome>,
  log: Log,
  pauses: Pauses = usual,
): () => void {
  let [stopped, busy] = [false, 0];
  let timer = setTimeout(look, pauses.first);
  function again(outcome: DailyOutcome): void {
    busy = outcome === 'busy' ? busy + 1 : 0;
    const pause = { made: pauses.made, busy: pauses.busy, not_due: pauses.next }[outcome];
    if (!stopped) timer = setTimeout(look, pause);
  }
  function look(): void {
    check({ evenBusy: busy >= pauses.patience }).then(again, (error: unknown) => {
      if (!stopped && !(isFault(error) && error.code === 'CANCELLED'))
        log.warn(errorFields(error), 'no daily backup was made');
      again('not_due');
    });
  }
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
