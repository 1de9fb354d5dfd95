import { lastDailyOf } from './last-daily.ts';
import { logOnlyActs } from '#shared/domain/administrative-acts.ts';
import { backupsVerdict } from '#shared/domain/permissions.ts';
import { readHead } from '../log/audit/head.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import type { CallContext } from '../model/services.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import type { OnProgress } from '../kernel/progress.ts';
import { auditAct } from '../model/audit-act.ts';
import { createBackup } from './create.ts';
import { newestBackup } from './list.ts';
import { prune } from './prune.ts';

/** Result of a check; `busy` if something was written within `quietMs`. */
export type DailyOutcome = 'made' | 'not_due' | 'busy';

/** Time without a write that counts as quiet. */
const quietMs = 30_000;

const changesSinceQuery = `FROM audit_transactions WHERE id > ? AND label NOT IN (${logOnlyActs.map(() => '?').join(', ')})`;

/** Whether the log has a transaction that changes records after this one. */
export const hasChangesSince = (read: ReadHandle, id: number): boolean =>
  read.get(`SELECT 1 AS one ${changesSinceQuery} LIMIT 1`, [id, ...logOnlyActs]) !== undefined;

const dayMs = 86_400_000;

interface DailyState {
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

/** Makes the due daily backup of the open workspace and removes old ones. Never for a sandbox. */
export class DailyBackups {
  #warnedBackup = '';

  /**
   * Makes a backup if one is due. Then, if the caller of `call` is an admin, removes the backups that the rule does not keep. With
   * `evenBusy` it does not wait for quiet. Throws the errors of both; after an error of the removal the backup exists.
   */
  async check(call: CallContext, { evenBusy = false } = {}): Promise<DailyOutcome> {
    const { files } = call.services;
    const lastDaily = lastDailyOf(call.services);
    if (files.target.kind !== 'live') return 'not_due';
    try {
      if (!(await this.#isDue(call))) {
        lastDaily.recordSuccess();
        return 'not_due';
      }
      if (!evenBusy && wasJustWritten(call)) return 'busy';
    } catch (error) {
      lastDaily.recordFailure(error);
      throw error;
    }
    await call.services.background.run((signal) => makeDaily(call, () => undefined, signal));
    return 'made';
  }

  async #isDue(call: CallContext): Promise<boolean> {
    const { files, read, source } = call.services;
    const newest = await newestBackup(files.backups, read);
    const [made, now] = [newest ? Date.parse(newest.manifest.made) : null, source.clock.now()];
    const hasChanges = hasChangesSince(read, newest?.manifest.head.id ?? 0);
    if (made !== null && made > now) this.#warn(call, newest?.manifest.id ?? '');
    return isDailyDue({ newestBackup: made, hasChanges, now });
  }

  #warn({ services }: CallContext, backup: string): void {
    if (this.#warnedBackup === backup) return;
    this.#warnedBackup = backup;
    services.log.warn(
      { backup },
      'the newest backup was made later than now: the clock was set back since, or was wrong then',
    );
  }
}

const wasJustWritten = ({ services: { read, source } }: CallContext): boolean =>
  Math.abs(source.clock.now() - Date.parse(readHead(read).created_at ?? '')) < quietMs;

async function makeDaily(call: CallContext, onProgress: OnProgress, signal: AbortSignal): Promise<void> {
  const { files, source, log, read } = call.services;
  const lastDaily = lastDailyOf(call.services);
  try {
    const { id } = await createBackup({
      files,
      reason: 'daily',
      clock: source.clock,
      log,
      onProgress,
      signal,
    });
    await auditAct(call, 'backups.create', { backup: id, reason: 'daily' });
    lastDaily.recordSuccess();
  } catch (error) {
    lastDaily.recordFailure(error);
    throw error;
  }
  const actor = actorOf(actingProfile(read, call.session));
  if (!backupsVerdict(actor).allowed) return;
  const { removed } = await prune(call, { dry: false, automatic: true }, onProgress, signal);
  if (removed.length > 0) log.info({ backups: removed.map((backup) => backup.id) }, 'old backups removed');
}
