import type { ServerBackup, ServerJob } from '#shared/contract/server/admin.ts';
import type { HoldingBackup } from '#shared/contract/server/people.ts';
import { ServerFault } from '#shared/contract/server/faults.ts';
import type { BackupConfig } from '../config.ts';
import type { Database, Sql } from '../db/database.ts';
import { iso } from '../db/time.ts';
import { inSnapshot } from './dump.ts';
import { Jobs } from './jobs.ts';
import type { JobLog, Running } from './jobs.ts';
import { backupOf } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { BackupProblem } from './problem.ts';
import { replaceAll } from './replace.ts';
import { BackupStore } from './store.ts';

const hour = 3_600_000;
/** Milliseconds between two looks at whether a backup is due, and whether another server restores one. */
const lookEvery = 2000;

interface Setting {
  database: Database;
  config: { backups: BackupConfig | null };
  now: () => number;
}

type Reason = ServerBackup['reason'];

/** Backups of everything that a server holds: made when asked for and by schedule, and put back. */
export class Backups {
  readonly #database: Database;
  readonly #config: BackupConfig | null;
  readonly #now: () => number;
  readonly #log: JobLog;
  readonly jobs: Jobs;
  #restoresHere = false;
  #restoresElsewhere = false;
  #looking: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor({ database, config, now }: Setting, log: JobLog) {
    this.#database = database;
    this.#config = config.backups;
    this.#now = now;
    this.#log = log;
    this.jobs = new Jobs({ database, now }, log);
  }

  /** Nobody is to read or write meanwhile. */
  get isRestoring(): boolean {
    return this.#restoresHere || this.#restoresElsewhere;
  }

  /** Throws UNAVAILABLE where the server makes none. */
  #store(): { store: BackupStore; config: BackupConfig } {
    if (!this.#config)
      throw new ServerFault('UNAVAILABLE', 'This server makes no backups: FRAMES_BACKUP_DIR is not set.', {});
    return { store: new BackupStore(this.#config), config: this.#config };
  }

  async list(): Promise<ServerBackup[]> {
    if (!this.#config) return [];
    return (await new BackupStore(this.#config).list()).map((one) => backupOf(one));
  }

  /** Backups that were made between two times (ISO 8601), each with the day on which `prune` removes it if backups go on. */
  async madeBetween(held: { since: string; until: string | null } | null): Promise<HoldingBackup[]> {
    const { keepDays = 0 } = this.#config ?? {};
    const made = (await this.list()).filter(
      ({ made_at }) => held && made_at >= held.since && (held.until === null || made_at <= held.until),
    );
    return made.map(({ id, made_at }) => ({
      id,
      made_at,
      removed: iso(Date.parse(made_at) + keepDays * 24 * hour).slice(0, 10),
    }));
  }

  /** Begins a backup; asked for while one waits, it is that one. Throws UNAVAILABLE. */
  async begin(reason: Reason, by: string | null): Promise<ServerJob> {
    this.#store();
    const made = await this.jobs.begin({ kind: 'backup', joins: reason === 'manual' }, (running) =>
      this.#make({ reason, by, ...running }),
    );
    if (!made) throw new Error('a backup without a slot was not begun');
    return made;
  }

  /** Makes a backup of a database with the schema of another version. Returns its id. Throws UNAVAILABLE. */
  backUpWithoutJob(reason: Reason): Promise<string> {
    return this.jobs.runWithoutJob((running) => this.#make({ reason, by: null, ...running }));
  }

  /** Begins to put a backup back. Throws UNAVAILABLE, NOT_FOUND, VALIDATION_ERROR. */
  async beginRestore(id: string, confirm: string, by: string | null): Promise<ServerJob> {
    const restore = await this.#restoring(id, confirm, by);
    // One at a time: a second click is not to take back what has come since the first.
    const begun = await this.jobs.begin({ kind: 'restore', slot: 'restore' }, restore);
    if (!begun) throw new ServerFault('UNAVAILABLE', 'A restore is under way already.', {});
    return begun;
  }

  /** Puts a backup back into a database with the schema of another version. Throws like `beginRestore`. */
  async restoreWithoutJob(id: string, confirm: string): Promise<void> {
    await this.jobs.runWithoutJob(await this.#restoring(id, confirm, null));
  }

  /** The work of a restore that may be begun. */
  async #restoring(
    id: string,
    confirm: string,
    by: string | null,
  ): Promise<(running: Running) => Promise<string>> {
    const { store } = this.#store();
    const manifest = await this.#readable(store, id);
    if (!manifest) throw new ServerFault('NOT_FOUND', `There is no backup "${id}".`, {});
    if (confirm !== id) {
      const message = 'must be the id of the backup once more';
      throw new ServerFault('VALIDATION_ERROR', `confirm: ${message}`, {
        issues: [{ path: 'confirm', code: 'custom', message }],
      });
    }
    return (running) => this.#restore(store, { manifest, by, ...running });
  }

  async #readable(store: BackupStore, id: string): Promise<Manifest | null> {
    try {
      return await store.find(id);
    } catch (error) {
      if (!(error instanceof BackupProblem)) throw error;
      throw new ServerFault('VALIDATION_ERROR', error.message, {
        issues: [{ path: 'backup_id', code: 'custom', message: error.message }],
      });
    }
  }

  /** Returns the id of the backup. */
  async #make({
    reason,
    by,
    signal,
    onProgress,
  }: Running & { reason: Reason; by: string | null }): Promise<string> {
    const { store } = this.#store();
    let done = 0;
    let total = 1;
    const onRows = (count: number): void => onProgress((done += count) / total);
    const { id } = await inSnapshot(this.#database, onRows, ({ facts, lines }) => {
      total = Object.values(facts.counts).reduce((sum, count) => sum + count, 1);
      return store.write({ ...facts, reason, by, made_at: iso(this.#now()) }, lines, signal);
    });
    // What is about to be restored stays, however old it is.
    if (reason !== 'restore') await store.prune(this.#now());
    return id;
  }

  async #restore(
    store: BackupStore,
    { manifest, by, signal, onProgress }: Running & { manifest: Manifest; by: string | null },
  ): Promise<string> {
    const total = Object.values(manifest.counts).reduce((sum, count) => sum + count, 1);
    let done = 0;
    this.#restoresHere = true;
    try {
      await store.verify(manifest);
      await replaceAll(this.#database, {
        manifest,
        signal,
        lines: store.lines(manifest),
        before: () => this.#make({ reason: 'restore', by, signal, onProgress: () => {} }),
        onRows: (count) => onProgress((done += count) / total),
      });
      return manifest.id;
    } finally {
      this.#restoresHere = false;
    }
  }

  /** When the next backup is due by the schedule; null where there is none. */
  async next(): Promise<string | null> {
    if (!this.#config || this.#config.intervalHours === 0) return null;
    const slot = this.#slot(this.#config);
    const isTaken = await this.#database.get('SELECT 1 FROM jobs WHERE slot = $1', [iso(slot)]);
    return iso(isTaken ? slot + this.#config.intervalHours * hour : slot);
  }

  /** The latest time at which one was due. */
  #slot({ hour: at, intervalHours }: BackupConfig): number {
    const interval = intervalHours * hour;
    return Math.floor((this.#now() - at * hour) / interval) * interval + at * hour;
  }

  /** Looks after what is due, from now on. */
  start(): void {
    this.#looking = this.jobs.sweep().then(() => this.#look());
    this.#timer = setInterval(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, lookEvery).unref();
  }

  async #look(): Promise<void> {
    try {
      // Who restored may have been killed: then nobody restores any more.
      if (this.#restoresElsewhere) await this.jobs.sweep();
      else await this.beginDue();
      this.#restoresElsewhere = await this.jobs.restoresElsewhere();
    } catch (error) {
      this.#log.error({ err: error }, 'whether a backup is due could not be found out');
    }
  }

  /** Begins the backup that is due by the schedule, unless another server does it, or it failed less than an hour ago. */
  async beginDue(): Promise<ServerJob | null> {
    if (!this.#config || this.#config.intervalHours === 0) return null;
    const slot = iso(this.#slot(this.#config));
    const isTaken = await this.#database.get(
      `SELECT 1 FROM jobs WHERE slot = $1 OR (state = 'failed' AND kind = 'backup' AND ended_at > $2)`,
      [slot, iso(this.#now() - hour)],
    );
    if (isTaken) return null;
    return this.jobs.begin({ kind: 'backup', slot }, (running) =>
      this.#make({ reason: 'daily', by: null, ...running }),
    );
  }

  /** Ends what runs. */
  async stop(): Promise<void> {
    if (this.#timer) clearInterval(this.#timer);
    await this.#looking;
    await this.jobs.stop();
  }
}

/** When the newest backup was made, by the database; null where there is none. */
export async function lastBackup(sql: Sql): Promise<string | null> {
  const row = await sql.get<{ at: string | null }>(
    `SELECT max(ended_at) AS at FROM jobs WHERE kind = 'backup' AND state = 'done'`,
  );
  return row?.at ?? null;
}
