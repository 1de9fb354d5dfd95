import type { DailyOutcome } from '#core/versions/daily.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Log } from '#core/kernel/logger.ts';
import { errorFields } from './log-file.ts';

/** Delays between backup checks, in milliseconds. Timers are monotonic, so clock changes do not affect them. */
export interface BackupDelays {
  /** After opening, so that the first backup does not slow the start. */
  afterOpening: number;
  /** After a check that made no backup. */
  afterCheck: number;
  /** After a backup. Long, so that clock changes cannot cause extra backups. */
  afterBackup: number;
  /** After a check that found a recent write. */
  whileBusy: number;
  /** Number of consecutive `busy` results before a backup is made in spite of writes. */
  maxBusyResults: number;
}

const minute = 60_000;
const defaultDelays: BackupDelays = {
  afterOpening: 5 * minute,
  afterCheck: 30 * minute,
  afterBackup: 6 * 60 * minute,
  whileBusy: minute / 2,
  maxBusyResults: 20,
};

/** Checks periodically whether a backup is due, until the returned function is called. Failures are logged and retried. */
export function scheduleDailyBackups(
  check: (options: { evenBusy: boolean }) => Promise<DailyOutcome>,
  log: Log,
  delays: BackupDelays = defaultDelays,
): () => void {
  let [isStopped, busyCount] = [false, 0];
  let timer = setTimeout(runCheck, delays.afterOpening);
  function scheduleNext(outcome: DailyOutcome): void {
    busyCount = outcome === 'busy' ? busyCount + 1 : 0;
    const delay = { made: delays.afterBackup, busy: delays.whileBusy, not_due: delays.afterCheck }[outcome];
    if (!isStopped) timer = setTimeout(runCheck, delay);
  }
  function runCheck(): void {
    check({ evenBusy: busyCount >= delays.maxBusyResults }).then(scheduleNext, (error: unknown) => {
      if (!isStopped && !(isFault(error) && error.code === 'CANCELLED'))
        log.warn(errorFields(error), 'no daily backup was made');
      scheduleNext('not_due');
    });
  }
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}
