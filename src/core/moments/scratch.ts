import { writeHeadFile, readHead } from '../log/audit/head.ts';
import { copyFile } from '../kernel/db/copy-file.ts';
import { openConnection } from '../kernel/db/connection.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { reserveTemporaryCopy } from '../kernel/db/temporary-copy.ts';
import { auditedTypes, tableOf } from '#shared/domain/types.ts';
import type { Target } from '#shared/domain/target.ts';
import { checkCancelled, runYielding } from '../kernel/progress.ts';
import { checkRoom } from '../log/copy-database.ts';
import type { Services } from '../model/services.ts';
import { beginningOfLog, newestPoint } from './point.ts';
import type { Point } from '../model/point-in-time.ts';
import { moveToPoint } from './move-scratch.ts';

/** A copy of the open database in its own file, which can be moved to another point in time. Removed on close. */
export interface Scratch extends Disposable {
  readonly files: WorkspaceFiles;
  readonly write: Connection;
  readonly point: Point;
  /**
   * Moves the copy. Readers meanwhile see the previous point in time, or the present if the move begins with a new copy of it. A failure
   * leaves the copy at one of these.
   */
  move(to: Point, signal?: AbortSignal): Promise<void>;
  close(): void;
}

type Home = Pick<Services, 'files' | 'read' | 'source' | 'log'>;

/** Costs of a row relative to reverting one: applying it also copies it to the log; a copy of the file contains it. */
const applyCost = 3;
const copyCost = 0.2;
const pagesPerStep = 1024;

/** The cheapest way to a point in time: from the current one, the beginning, or a copy of the present. */
export function cheapestWay(to: Point, from: Point, newest: Point): 'here' | 'beginning' | 'copy' {
  const costs = {
    here: from.end > to.end ? from.end - to.end : (to.end - from.end) * applyCost,
    beginning: to.end * applyCost,
    copy: newest.end - to.end + newest.end * copyCost,
  };
  const [cheapest] = Object.entries(costs).toSorted(([, a], [, b]) => a - b);
  return cheapest?.[0] as keyof typeof costs;
}

/**
 * Copies the database and moves the copy to `point`. Throws SQLite's errors; WORKSPACE, reasons full and damaged; CANCELLED, which leaves
 * nothing behind.
 */
export async function openScratch(
  home: Home,
  point: Point,
  target: Target,
  signal?: AbortSignal,
): Promise<Scratch> {
  const { files, source, log } = home;
  const { folder, data, remove: removeFolder } = reserveTemporaryCopy(files.folder, source.ids.uuid());
  const scratchFiles: WorkspaceFiles = { ...files, target, data, head: `${data}.head.json` };
  let write: Connection | undefined;
  const close = (): void => {
    write?.close();
    removeFolder();
  };
  try {
    await checkRoom(files.data, folder);
    await copyFile(files.data, data, { log, step: () => checkCancelled(signal) });
    write = openConnection(data, { mode: 'write', log, slowMs: 60_000 });
    write.pragma('journal_mode = WAL');
    // The copy needs no durability, and foreign keys would fail in the order of the log.
    write.pragma('synchronous = OFF');
    write.pragma('foreign_keys = OFF');
    const scratch = new ScratchCopy(home, scratchFiles, write, newestPoint(write), close);
    await scratch.move(point, signal);
    return scratch;
  } catch (error) {
    close();
    throw error;
  }
}

class ScratchCopy implements Scratch {
  readonly files: WorkspaceFiles;
  readonly write: Connection;
  readonly close: () => void;
  readonly #home: Home;
  #point: Point;

  constructor(home: Home, files: WorkspaceFiles, write: Connection, point: Point, close: () => void) {
    this.#home = home;
    this.files = files;
    this.write = write;
    this.#point = point;
    this.close = close;
  }

  get point(): Point {
    return this.#point;
  }

  [Symbol.dispose](): void {
    this.close();
  }

  async move(to: Point, signal?: AbortSignal): Promise<void> {
    const { read, source } = this.#home;
    const { write } = this;
    const way = cheapestWay(to, this.#point, newestPoint(read));
    if (way === 'copy') this.#point = await refreshCopy(this.#home, this.files.data, signal);
    write.exec('BEGIN IMMEDIATE');
    try {
      if (way === 'beginning') emptyTables(write);
      const from = way === 'beginning' ? beginningOfLog : this.#point;
      await runYielding(moveToPoint(write, read, from, to), { clock: source.clock, signal });
      write.exec('COMMIT');
    } catch (error) {
      if (write.raw.inTransaction) write.exec('ROLLBACK');
      throw error;
    }
    this.#point = to;
    write.raw.pragma('wal_checkpoint(PASSIVE)');
    writeHeadFile(this.files.head, readHead(write));
  }
}

function emptyTables(write: Connection): void {
  for (const table of [...auditedTypes.map((type) => tableOf[type]), 'audit_logs', 'audit_transactions'])
    write.exec(`DELETE FROM ${table}`);
}

/** Copies a snapshot of the file over the previous copy; returns its position in the log. Throws CANCELLED, which changes nothing. */
async function refreshCopy(
  { files, log }: Pick<Home, 'files' | 'log'>,
  copyPath: string,
  signal?: AbortSignal,
): Promise<Point> {
  using db = openConnection(files.data, { mode: 'read', log });
  db.exec('BEGIN');
  const point = newestPoint(db);
  await db.raw.backup(copyPath, {
    progress() {
      checkCancelled(signal);
      return pagesPerStep;
    },
  });
  return point;
}
