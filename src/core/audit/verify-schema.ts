import { openConnection } from '../db/connection.ts';
import type { Connection } from '../db/connection.ts';
import { migrateTo, schemaVersion, versionOf } from '../db/migrate.ts';
import type { Log } from '../log.ts';

interface Part {
  type: string;
  name: string;
  sql: string | null;
}

const parts = `SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`;

const byName = (db: Connection): Map<string, string | null> =>
  new Map(db.all<Part>(parts).map(({ type, name, sql }) => [`${type} ${name}`, sql]));

/**
 * What in the file's schema is not as our migrations make it: a trigger somebody planted, an index that is missing. A file of an
 * older version is held against that version.
 */
export async function schemaProblems(db: Connection, log: Log): Promise<string[]> {
  const version = versionOf(db);
  if (version < 1 || version > schemaVersion) return [`the file names a schema ${version} that there is not`];
  const fresh = openConnection(':memory:', { mode: 'write', log, fileMustExist: false });
  try {
    await migrateTo(fresh, version);
    const [found, wanted] = [byName(db), byName(fresh)];
    const missing = [...wanted.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`);
    const odd = [...found].flatMap(([name, sql]) => {
      if (!wanted.has(name)) return [`${name} is not ours`];
      return sql === wanted.get(name) ? [] : [`${name} is not as it should be`];
    });
    return [...missing, ...odd];
  } finally {
    fresh.close();
  }
}
