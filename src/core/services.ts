import type { AuditSource } from './audit/write.ts';
import type { LastDaily } from './backup/last-daily.ts';
import type { WriteQueue } from './commands/queue.ts';
import type { KeptComparison } from './compare/kept.ts';
import type { Connection } from './db/connection.ts';
import type { WorkspaceFiles } from './db/files.ts';
import type { HolderBoard } from './db/holders.ts';
import type { ColumnStore } from './entities/columns/store.ts';
import type { ListCache } from './entities/list-cache.ts';
import type { NameIndex } from './entities/name-index.ts';
import type { ChangeFeed } from './events/feed.ts';
import type { Grants } from './grants.ts';
import type { LogFacets } from './history/facets.ts';
import type { ParsedDocument } from './import/json/parse.ts';
import type { ParsedFiles } from './import/parsed-files.ts';
import type { ReadSheet } from './import/table/read.ts';
import type { Jobs } from './jobs.ts';
import type { Log } from './log.ts';
import type { OpenMoment } from './moments/point.ts';
import type { LinkIndex } from './network/link-index.ts';
import type { KeptFromBackup } from './restore/records/kept.ts';
import type { Session } from './session.ts';

/** What one open workspace, sandbox or moment of one consists of. Made by `openCore`, handed to every handler, kept by nobody else. */
export interface Services {
  readonly files: WorkspaceFiles;
  /** The folder of what comes with the program; null where nobody said. */
  readonly resources: string | null;
  /** Read-only; sees what has been committed. */
  readonly read: Connection;
  readonly queue: WriteQueue;
  readonly source: AuditSource;
  readonly feed: ChangeFeed;
  readonly lists: ListCache;
  readonly compared: KeptComparison;
  readonly fromBackup: KeptFromBackup;
  readonly names: NameIndex;
  readonly links: LinkIndex;
  readonly facets: LogFacets;
  readonly columns: ColumnStore;
  readonly grants: Grants;
  /** What imports have parsed lately. */
  readonly parsed: {
    readonly tables: ParsedFiles<ReadSheet>;
    readonly documents: ParsedFiles<ParsedDocument>;
  };
  /** Long work beside the queue. */
  readonly jobs: Jobs;
  /** How the last attempt at the daily backup ended. */
  readonly lastDaily: LastDaily;
  readonly board: HolderBoard;
  readonly log: Log;
  /** What is open, or what the moment that is open is of: all of its log, and what can be written. */
  readonly home: Services;
  /** Null where no moment is open. */
  readonly moment: OpenMoment | null;
}

/** What travels with a call. */
export interface CallContext {
  session: Session;
  services: Services;
}
