const dayMs = 86_400_000;

export interface DailyState {
  /** When the newest backup was made, in milliseconds; null where there is none. */
  made: number | null;
  /** Whether anything was written since it, or at all where there is none. */
  written: boolean;
  /** Milliseconds. */
  now: number;
}

/**
 * Whether it is time for the daily backup: something was written, and the newest backup is a day away. One that seems to be made later than
 * now counts by how far it is away too: a clock that was set back by an hour makes no second one, and one that was set back by a year does not
 * wait for a year.
 */
export function isDailyDue({ made, written, now }: DailyState): boolean {
  return written && (made === null || Math.abs(now - made) >= dayMs);
}
