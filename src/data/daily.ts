import type { DailyOutcome } from '#core/versions/daily.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Log } from '#core/kernel/logger.ts';
import { errorFields } from './log-file.ts';

/** Delays between backup checks, in milliseconds. Timers are monotonic, so clock changes do not affect them. */
export interface Pauses {
  /** After opening, so that the first backup does not slow the start. */
  first: number;
  /** After a check that made no backup. */
  next: number;
  /** After a backup. Long, so that clock changes cannot cause extra backups. */
  made: number;
  /** After a check that found a write in progress. */
  busy: number;
  /** Number of consecutive `busy` results before a backup is made in spite of writes. */
  patience: number;
}

const minute = 60_000;
const defaultDelays: Pauses = {
  first: 5 * minute,
  next: 30 * minute,
  made: 6 * 60 * minute,
  busy: minute / 2,
  patience: 20,
};

/** Checks periodically whether a backup is due, until the returned function is called. Failures are logged and retried. */
export function keepDaily(
  check: (options: { evenBusy: boolean }) => Promise<DailyOutcome>,
  log: Log,
  pauses: Pauses = defaultDelays,
): () => void {
  let [stopped, busy] = [false, 0];
  let timer = setTimeout(runCheck, pauses.first);
  function scheduleNext(outcome: DailyOutcome): void {
    busy = outcome === 'busy' ? busy + 1 : 0;
    const pause = { made: pauses.made, busy: pauses.busy, not_due: pauses.next }[outcome];
    if (!stopped) timer = setTimeout(runCheck, pause);
  }
  function runCheck(): void {
    check({ evenBusy: busy >= pauses.patience }).then(scheduleNext, (error: unknown) => {
      if (!stopped && !(isFault(error) && error.code === 'CANCELLED'))
        log.warn(errorFields(error), 'no daily backup was made');
      scheduleNext('not_due');
    });
  }
  return () => {
    stopped = true;
    clearTimeout(timer);
  };
}
