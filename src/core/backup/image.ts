import { readHead } from '../log/audit/head.ts';
import { openConnection } from '../kernel/db/connection.ts';
import { versionOf } from '../kernel/db/migrate.ts';
import { countRecords } from '../log/records/counts.ts';
import type { Log } from '../kernel/logger.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { BackupManifest } from './manifest.ts';

export type Examined = Pick<BackupManifest, 'schema_version' | 'counts' | 'head' | 'workspace'>;

/** What a closed copy says of itself. */
export function examine(image: string, log: Log): Examined {
  const copy = openConnection(image, { mode: 'read', log });
  try {
    return {
      schema_version: versionOf(copy),
      counts: countRecords(copy),
      head: readHead(copy),
      workspace: readFacts(copy).id,
    };
  } finally {
    copy.close();
  }
}
