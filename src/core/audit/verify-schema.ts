import { openConnection } from '../db/connection.ts';
import type { Connection } from '../db/connection.ts';
import { migrateTo, schemaVersion, versionOf } from '../db/migrate.ts';
import type { Log } from '../log.ts';

interface Part {
  type: string;
  name: string;
  sql: string | null;
}

/** All but what SQLite makes by itself: its own tables, and indexes without a text. A trigger is nobody's but ours, whatever its name. */
const parts = `SELECT type, name, sql FROM sqlite_master
  WHERE NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))
    AND NOT (type = 'index' AND sql IS NULL)
  ORDER BY type, name`;

const byName = (db: Connection): Map<string, string | null> =>
  new Map(db.all<Part>(parts).map(({ type, name, sql }) => [`${type} ${name}`, sql]));

/**
 * What in the file's schema is not as our migrations make it: a trigger somebody planted, an index that is missing. A file of an
 * older version is held against that version. An index that is not ours, which changes nothing, may be let pass.
 */
export async function schemaProblems(
  db: Connection,
  log: Log,
  { indexes = true }: { indexes?: boolean } = {},
): Promise<string[]> {
  const version = versionOf(db);
  if (version < 1 || version > schemaVersion) return [`the file names a schema ${version} that there is not`];
  const fresh = openConnection(':memory:', { mode: 'write', log, fileMustExist: false });
  try {
    await migrateTo(fresh, version);
    const [found, wanted] = [byName(db), byName(fresh)];
    const missing = [...wanted.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`);
    const odd = [...found].flatMap(([name, sql]) => {
      if (!wanted.has(name) && !indexes && name.startsWith('index ')) return [];
      if (!wanted.has(name)) return [`${name} is not ours`];
      return sql === wanted.get(name) ? [] : [`${name} is not as it should be`];
    });
    return [...missing, ...odd];
  } finally {
    fresh.close();
  }
}
