import { issueWithCode } from '#shared/texts/issues.ts';
import type { ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import type { HoldingBackup } from '#shared/contract/server/people.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { BackupConfig } from '../config.ts';
import type { Database, Sql } from '../db/database.ts';
import { isoTime } from '../db/time.ts';
import { checkAllFiles } from '../files/store.ts';
import { readSchemaVersion } from '../db/migrate.ts';
import { withSnapshot } from './dump.ts';
import { Jobs } from './jobs.ts';
import type { JobLog, JobRun } from './jobs.ts';
import { toServerBackup } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { BackupProblem } from './problem.ts';
import { replaceAll } from './replace.ts';
import { BackupStore } from './store.ts';

const hourMs = 3_600_000;
/** Milliseconds between checks for due backups and for a restore by another server. */
const checkIntervalMs = 2000;

interface BackupsOptions {
  database: Database;
  config: { backups: BackupConfig | null };
  now: () => number;
}

type Reason = ServerBackup['reason'];

/** Makes backups of all data, on demand and by schedule, and restores them. */
export class Backups {
  readonly #database: Database;
  readonly #config: BackupConfig | null;
  readonly #now: () => number;
  readonly #log: JobLog;
  readonly jobs: Jobs;
  #isRestoringHere = false;
  #isRestoringElsewhere = false;
  #currentCheck: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor({ database, config, now }: BackupsOptions, log: JobLog) {
    this.#database = database;
    this.#config = config.backups;
    this.#now = now;
    this.#log = log;
    this.jobs = new Jobs({ database, now }, log);
  }

  /** Requests are refused while this is true. */
  get isRestoring(): boolean {
    return this.#isRestoringHere || this.#isRestoringElsewhere;
  }

  /** Throws UNAVAILABLE if backups are off. */
  #requireStore(): { store: BackupStore; config: BackupConfig } {
    if (!this.#config) throw new ServerFault('UNAVAILABLE', {}, 'no_backups');
    return { store: new BackupStore(this.#config), config: this.#config };
  }

  async list(): Promise<ServerBackup[]> {
    if (!this.#config) return [];
    const store = new BackupStore(this.#config);
    return Promise.all(
      (await store.list()).map(async (manifest) => {
        const problem = await store.findProblem(manifest);
        return { ...toServerBackup(manifest), ...(problem !== null && { problem }) };
      }),
    );
  }

  /** Checks the manifest and the hash of every backup. */
  verify(): Promise<{ id: string; problem: string | null }[]> {
    return this.#config ? new BackupStore(this.#config).verifyAll() : Promise.resolve([]);
  }

  /** Lists backups made between two times (ISO 8601), each with the day on which `prune` will remove it if scheduled backups continue. */
  async listBetween(period: { since: string; until: string | null } | null): Promise<HoldingBackup[]> {
    const { keepDays = 0 } = this.#config ?? {};
    const backups = (await this.list()).filter(
      ({ made_at }) =>
        period && made_at >= period.since && (period.until === null || made_at <= period.until),
    );
    return backups.map(({ id, made_at }) => ({
      id,
      made_at,
      removed: isoTime(Date.parse(made_at) + keepDays * 24 * hourMs).slice(0, 10),
    }));
  }

  /** Enqueues a backup; a manual request returns a waiting backup instead, if there is one. Throws UNAVAILABLE. */
  async begin(reason: Reason, by: string | null): Promise<ServerJob> {
    this.#requireStore();
    const job = await this.jobs.begin({ kind: 'backup', canJoin: reason === 'manual' }, (run) =>
      this.#makeBackup({ reason, by, ...run }),
    );
    if (!job) throw new Error('a backup without a slot was not begun');
    return job;
  }

  /** Backs up without a job row, because the schema can have another version. Returns the backup’s id. Throws UNAVAILABLE. */
  backUpWithoutJob(reason: Reason): Promise<string> {
    return this.jobs.runWithoutJob((run) => this.#makeBackup({ reason, by: null, ...run }));
  }

  /** Enqueues a restore. Throws UNAVAILABLE, NOT_FOUND, VALIDATION_ERROR. */
  async beginRestore(id: string, confirm: string, by: string | null): Promise<ServerJob> {
    const restore = await this.#prepareRestore(id, confirm, by);
    // One at a time: a second click must not discard changes made since the first.
    const job = await this.jobs.begin({ kind: 'restore', slot: 'restore' }, restore);
    if (!job) throw new ServerFault('UNAVAILABLE', {}, 'restoring');
    return job;
  }

  /** Like `beginRestore`, but without a job row, because the schema can have another version. Waits for the end. */
  async restoreWithoutJob(id: string, confirm: string): Promise<void> {
    await this.jobs.runWithoutJob(await this.#prepareRestore(id, confirm, null));
  }

  /** Checks a requested restore and returns its work. Throws UNAVAILABLE, NOT_FOUND, VALIDATION_ERROR. */
  async #prepareRestore(
    id: string,
    confirm: string,
    by: string | null,
  ): Promise<(run: JobRun) => Promise<string>> {
    const { store } = this.#requireStore();
    const manifest = await this.#findManifest(store, id);
    if (!manifest) throw new ServerFault('NOT_FOUND', {}, 'backup');
    if (confirm !== id) {
      throw new ServerFault('VALIDATION_ERROR', {
        issues: [issueWithCode('confirm', 'custom', 'confirm_id')],
      });
    }
    return (run) => this.#restore(store, { manifest, by, ...run });
  }

  async #findManifest(store: BackupStore, id: string): Promise<Manifest | null> {
    try {
      return await store.find(id);
    } catch (error) {
      if (!(error instanceof BackupProblem)) throw error;
      throw new ServerFault('VALIDATION_ERROR', {
        issues: [{ path: 'backup_id', code: 'custom', message: error.message }],
      });
    }
  }

  /** Returns the backup's id. */
  async #makeBackup({
    reason,
    by,
    signal,
    onProgress,
  }: JobRun & { reason: Reason; by: string | null }): Promise<string> {
    const { store } = this.#requireStore();
    // So that the backup says which files are damaged. Step 8 brought the check.
    if ((await readSchemaVersion(this.#database)) >= 8)
      await checkAllFiles({ database: this.#database, now: this.#now }, signal);
    let doneRows = 0;
    let totalRows = 1;
    const onRows = (count: number): void => onProgress((doneRows += count) / totalRows);
    const { id } = await withSnapshot(this.#database, onRows, ({ facts, lines }) => {
      totalRows = Object.values(facts.counts).reduce((sum, count) => sum + count, 1);
      return store.write({ ...facts, reason, by, made_at: isoTime(this.#now()) }, lines, signal);
    });
    // The backup before a restore prunes nothing, because the backup to restore can be an old one.
    if (reason !== 'restore') await store.prune(this.#now());
    return id;
  }

  async #restore(
    store: BackupStore,
    { manifest, by, signal, onProgress }: JobRun & { manifest: Manifest; by: string | null },
  ): Promise<string> {
    const totalRows = Object.values(manifest.counts).reduce((sum, count) => sum + count, 1);
    let doneRows = 0;
    this.#isRestoringHere = true;
    try {
      await store.verify(manifest);
      await replaceAll(this.#database, {
        manifest,
        signal,
        lines: store.lines(manifest),
        backUpFirst: () => this.#makeBackup({ reason: 'restore', by, signal, onProgress: () => {} }),
        onRows: (count) => onProgress((doneRows += count) / totalRows),
      });
      return manifest.id;
    } finally {
      this.#isRestoringHere = false;
    }
  }

  /** Returns when the next scheduled backup is due; null if there is no schedule. */
  async nextDue(): Promise<string | null> {
    if (!this.#config || this.#config.intervalHours === 0) return null;
    const slot = this.#latestSlot(this.#config);
    const isTaken = await this.#database.get('SELECT 1 FROM jobs WHERE slot = $1', [isoTime(slot)]);
    return isoTime(isTaken ? slot + this.#config.intervalHours * hourMs : slot);
  }

  /** The latest time at which a scheduled backup was due. */
  #latestSlot({ hour: startHour, intervalHours }: BackupConfig): number {
    const interval = intervalHours * hourMs;
    return Math.floor((this.#now() - startHour * hourMs) / interval) * interval + startHour * hourMs;
  }

  start(): void {
    this.#currentCheck = this.jobs.sweep().then(() => this.#checkDue());
    this.#timer = setInterval(() => {
      this.#currentCheck = this.#currentCheck.then(() => this.#checkDue());
    }, checkIntervalMs).unref();
  }

  async #checkDue(): Promise<void> {
    try {
      // The server that ran a restore can have been killed.
      if (this.#isRestoringElsewhere) await this.jobs.sweep();
      else await this.beginDue();
      this.#isRestoringElsewhere = await this.jobs.isRestoringElsewhere();
    } catch (error) {
      this.#log.error({ err: error }, 'could not check whether a backup is due');
    }
  }

  /** Starts the scheduled backup if it is due, unless another server makes it or it failed within the last hour. */
  async beginDue(): Promise<ServerJob | null> {
    if (!this.#config || this.#config.intervalHours === 0) return null;
    const slot = isoTime(this.#latestSlot(this.#config));
    const isTaken = await this.#database.get(
      `SELECT 1 FROM jobs WHERE slot = $1 OR (state = 'failed' AND kind = 'backup' AND ended_at > $2)`,
      [slot, isoTime(this.#now() - hourMs)],
    );
    if (isTaken) return null;
    return this.jobs.begin({ kind: 'backup', slot }, (run) =>
      this.#makeBackup({ reason: 'daily', by: null, ...run }),
    );
  }

  /** Aborts running jobs. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#currentCheck;
    await this.jobs.stop();
  }
}

/**
 * Returns when the newest backup was made; null if there is none. Reads the folder too: a restored database knows no job of an earlier one,
 * and backups before a migration or a restore have no job.
 */
export async function lastBackupTime(sql: Sql, config: BackupConfig | null): Promise<string | null> {
  const row = await sql.get<{ at: string | null; server_id: string }>(
    `SELECT server_id, (SELECT max(ended_at) FROM jobs WHERE kind = 'backup' AND state = 'done') AS at FROM server`,
  );
  const newest = row && config ? await new BackupStore(config).findNewest(row.server_id) : null;
  const times = [row?.at, newest?.made_at].filter((time) => time != null);
  return times.toSorted().at(-1) ?? null;
}
