import type { Kysely } from 'kysely';
import * as workspace from './0001-workspace.ts';
import * as indexes from './0002-indexes.ts';
import * as sync from './0003-sync.ts';
import * as sharedSandboxes from './0004-shared-sandboxes.ts';
import * as visibleEnds from './0005-visible-ends.ts';
import * as contactsAndRepairs from './0006-contacts-and-repairs.ts';
import * as documentsAndComments from './0007-documents-and-comments.ts';
import * as jobs from './0008-jobs.ts';
import * as conversations from './0009-conversations.ts';
import * as organisations from './0010-organisations.ts';
import * as repositoriesAndTasks from './0011-repositories-and-tasks.ts';
import * as subscribers from './0012-subscribers.ts';

/** One step of the schema, forward and back. Immutable once shipped. */
export interface Migration {
  version: number;
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
  down(db: Kysely<unknown>): Promise<void>;
}

export const localMigrations: readonly Migration[] = [
  { version: 1, name: 'workspace', ...workspace },
  { version: 2, name: 'indexes', ...indexes },
  { version: 3, name: 'sync', ...sync },
  { version: 4, name: 'shared-sandboxes', ...sharedSandboxes },
  { version: 5, name: 'visible-ends', ...visibleEnds },
  { version: 6, name: 'contacts-and-repairs', ...contactsAndRepairs },
  { version: 7, name: 'documents-and-comments', ...documentsAndComments },
  { version: 8, name: 'jobs', ...jobs },
  { version: 9, name: 'conversations', ...conversations },
  { version: 10, name: 'organisations', ...organisations },
  { version: 11, name: 'repositories-and-tasks', ...repositoriesAndTasks },
  { version: 12, name: 'subscribers', ...subscribers },
];
