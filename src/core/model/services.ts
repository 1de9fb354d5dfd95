import type { AuditSource } from '../log/audit/audit-transaction.ts';
import type { WriteQueueMethods } from '../log/commands/write-queue.ts';
import type { Connection } from '../kernel/db/connection.ts';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import type { HolderRegistry } from '../kernel/db/holders.ts';
import type { ColumnStore } from './columns/store.ts';
import type { ListCache } from './list-cache.ts';
import type { NameIndex } from './name-index.ts';
import type { ChangeFeed } from '../log/events/feed.ts';
import type { Grants } from '../kernel/grants.ts';
import type { BackgroundWork } from '../kernel/background-work.ts';
import type { Log } from '../kernel/logger.ts';
import type { HttpClient } from '#http/client.ts';
import type { Secrets } from '../kernel/secrets.ts';
import type { OpenPointInTime } from './point-in-time.ts';
import type { Session } from '../log/session.ts';

/** Objects of capabilities, each created on first use and kept while the workspace is open. */
export class Singletons {
  readonly #read: Connection;
  readonly #objects = new Map<unknown, object>();

  constructor(read: Connection) {
    this.#read = read;
  }

  /** The single object that `make` creates for this workspace. */
  get<T extends object>(make: (read: Connection) => T): T {
    const existing = this.#objects.get(make) as T | undefined;
    if (existing) return existing;
    const object = make(this.#read);
    this.#objects.set(make, object);
    return object;
  }
}

/** The services of one open workspace, sandbox or point in time. Created by `openCore`, passed to every handler, stored nowhere else. */
export interface Services {
  readonly files: WorkspaceFiles;
  /** The folder of shipped resources; null if unknown. */
  readonly resources: string | null;
  /** Read-only; sees committed changes. */
  readonly read: Connection;
  readonly queue: WriteQueueMethods;
  readonly source: AuditSource;
  readonly feed: ChangeFeed;
  readonly lists: ListCache;
  readonly names: NameIndex;
  readonly singletons: Singletons;
  readonly columns: ColumnStore;
  readonly grants: Grants;
  readonly background: BackgroundWork;
  readonly holders: HolderRegistry;
  readonly log: Log;
  readonly secrets: Secrets;
  readonly http: HttpClient;
  /** The services of the present state, which differ from these only while a point in time is open. */
  readonly home: Services;
  /** Null unless a point in time is open. */
  readonly moment: OpenPointInTime | null;
}

export interface CallContext {
  session: Session;
  services: Services;
}
