import type { Kysely } from 'kysely';
import * as workspace from './0001-workspace.ts';
import * as listIndexes from './0002-list-indexes.ts';
import * as shared from './0003-shared.ts';
import * as linksOfRecords from './0004-links-of-records.ts';
import * as workspaceName from './0005-workspace-name.ts';

/** One step of the schema, forward and back. Immutable once shipped. */
export interface Migration {
  version: number;
  name: string;
  up(db: Kysely<unknown>): Promise<void>;
  down(db: Kysely<unknown>): Promise<void>;
}

export const localMigrations: readonly Migration[] = [
  { version: 1, name: 'workspace', ...workspace },
  { version: 2, name: 'list-indexes', ...listIndexes },
  { version: 3, name: 'shared', ...shared },
  { version: 4, name: 'links-of-records', ...linksOfRecords },
  { version: 5, name: 'workspace-name', ...workspaceName },
];
