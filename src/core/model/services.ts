import type { AuditSource } from '../log/audit/audit-transaction.ts';
import type { Writes } from '../log/commands/write-queue.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { HolderBoard } from '../kernel/db/holders.ts';
import type { ColumnStore } from './columns/store.ts';
import type { ListCache } from './list-cache.ts';
import type { NameIndex } from './name-index.ts';
import type { ChangeFeed } from '../log/events/feed.ts';
import type { Grants } from '../kernel/grants.ts';
import type { BackgroundWork } from '../kernel/background-work.ts';
import type { Log } from '../kernel/logger.ts';
import type { Secrets } from '../kernel/secrets.ts';
import type { OpenMoment } from './point-in-time.ts';
import type { Session } from '../log/session.ts';

/** Objects of capabilities that live as long as the workspace is open, each made at its first use. */
export class Singletons {
  readonly #read: Connection;
  readonly #objects = new Map<unknown, object>();

  constructor(read: Connection) {
    this.#read = read;
  }

  /** The one object that `make` makes of what is open. */
  get<T extends object>(make: (read: Connection) => T): T {
    const known = this.#objects.get(make) as T | undefined;
    if (known) return known;
    const object = make(this.#read);
    this.#objects.set(make, object);
    return object;
  }
}

/** What one open workspace, sandbox or moment of one consists of. Made by `openCore`, handed to every handler, kept by nobody else. */
export interface Services {
  readonly files: WorkspaceFiles;
  /** The folder of what comes with the program; null where nobody said. */
  readonly resources: string | null;
  /** Read-only; sees what has been committed. */
  readonly read: Connection;
  readonly queue: Writes;
  readonly source: AuditSource;
  readonly feed: ChangeFeed;
  readonly lists: ListCache;
  readonly names: NameIndex;
  /** What capabilities keep while it is open. */
  readonly singletons: Singletons;
  readonly columns: ColumnStore;
  readonly grants: Grants;
  readonly background: BackgroundWork;
  readonly board: HolderBoard;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly home: Services;
  /** Null where no moment is open. */
  readonly moment: OpenMoment | null;
}

/** What travels with a call. */
export interface CallContext {
  session: Session;
  services: Services;
}
