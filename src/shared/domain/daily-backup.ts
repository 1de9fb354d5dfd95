const dayMs = 86_400_000;

export interface DailyState {
  /** Time of the newest backup in milliseconds; null if there is none. */
  newestBackup: number | null;
  /** Whether anything was written since that backup, or ever if there is none. */
  hasChanges: boolean;
  /** Milliseconds. */
  now: number;
}

/**
 * Whether a daily backup is due: something was written, and the newest backup is at least a day away. A backup dated in the future counts
 * by its distance too. A clock set back by an hour then causes no second backup, and one set back by a year does not block backups for a
 * year.
 */
export function isDailyDue({ newestBackup, hasChanges, now }: DailyState): boolean {
  return hasChanges && (newestBackup === null || Math.abs(now - newestBackup) >= dayMs);
}
