import type { Migration } from '../local/index.ts';
import * as server from './0001-server.ts';
import * as acting from './0002-acting.ts';
import * as erasures from './0003-erasures.ts';
import * as contactsAndRepairs from './0004-contacts-and-repairs.ts';
import * as documentsAndComments from './0005-documents-and-comments.ts';
import * as jobs from './0006-jobs.ts';
import * as filesAndKnowledge from './0007-files-and-knowledge.ts';
import * as fileContents from './0008-file-contents.ts';
import * as restrictedReads from './0009-restricted-reads.ts';
import * as indexedAffiliations from './0010-indexed-affiliations.ts';
import * as organisations from './0011-organisations.ts';
import * as repositoriesAndTasks from './0012-repositories-and-tasks.ts';
import * as webhooks from './0013-webhooks.ts';

/** A step of the server's database. */
export interface RemoteMigration extends Migration {
  /**
   * The newest step that the oldest program able to serve the database after this step knows. Without it, only programs that know this step
   * serve it. `docs/decisions/0050-old-servers-on-a-newer-schema.md` says when a step may have one.
   */
  compatibleSince?: number;
}

/** The steps of the server's database, each immutable once shipped. */
export const remoteMigrations: readonly RemoteMigration[] = [
  { version: 1, name: 'server', ...server },
  { version: 2, name: 'acting', ...acting },
  // Without `compatibleSince`: an older server would accept pushes that bring an erased person back.
  { version: 3, name: 'erasures', ...erasures },
  // Without `compatibleSince`: an older server knows no table for the new types.
  { version: 4, name: 'contacts-and-repairs', ...contactsAndRepairs },
  // As step 4.
  { version: 5, name: 'documents-and-comments', ...documentsAndComments },
  // A table that no backup holds, so an older server can go on: it purges by itself.
  { version: 6, name: 'jobs', ...jobs, compatibleSince: 5 },
  // Without `compatibleSince`: an older server would leave the texts of an erased person in `knowledge`.
  { version: 7, name: 'files-and-knowledge', ...filesAndKnowledge },
  // Without `compatibleSince`: an older server looks for complete files in `file_parts`.
  { version: 8, name: 'file-contents', ...fileContents },
  // Without `compatibleSince`: an older server reads columns that requests may no longer read.
  { version: 9, name: 'restricted-reads', ...restrictedReads },
  // Only how Postgres plans a function.
  { version: 10, name: 'indexed-affiliations', ...indexedAffiliations, compatibleSince: 9 },
  // As step 4.
  { version: 11, name: 'organisations', ...organisations },
  // As step 4.
  { version: 12, name: 'repositories-and-tasks', ...repositoriesAndTasks },
  // Tables that no backup holds, and that only programs that know this step read.
  { version: 13, name: 'webhooks', ...webhooks, compatibleSince: 12 },
];
