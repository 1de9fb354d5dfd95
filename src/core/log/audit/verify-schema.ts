import { openConnection } from '../../kernel/db/connection.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { migrateTo, schemaVersion, versionOf } from '../../kernel/db/migrate.ts';
import type { Log } from '../../kernel/logger.ts';

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

const known = new Map<number, ReadonlyMap<string, string | null>>();

/** What our migrations make of an empty file; run once for each version, which takes 11 ms. */
async function partsAt(version: number, log: Log): Promise<ReadonlyMap<string, string | null>> {
  const made = known.get(version) ?? (await makeParts(version, log));
  known.set(version, made);
  return made;
}

async function makeParts(version: number, log: Log): Promise<Map<string, string | null>> {
  const fresh = openConnection(':memory:', { mode: 'write', log, fileMustExist: false });
  try {
    await migrateTo(fresh, version);
    return byName(fresh);
  } finally {
    fresh.close();
  }
}

/** Whether the file has what only steps after its version make, so that they would fail. */
export async function isAhead(db: Connection, log: Log): Promise<boolean> {
  const version = versionOf(db);
  if (version < 1 || version >= schemaVersion) return false;
  const [own, newest] = [await partsAt(version, log), await partsAt(schemaVersion, log)];
  return [...byName(db).keys()].some((name) => newest.has(name) && !own.has(name));
}

export interface OddPart {
  found: 'schema' | 'index';
  problem: string;
}

/**
 * What in the file's schema is not as our migrations make it: a trigger somebody planted, an index that is missing. A file of an
 * older version is held against that version. What somebody added that does nothing is found as an `index`.
 */
export async function schemaProblems(db: Connection, log: Log): Promise<OddPart[]> {
  const version = versionOf(db);
  if (version < 1 || version > schemaVersion)
    return [{ found: 'schema', problem: `the file names a schema ${version} that there is not` }];
  const [found, wanted] = [byName(db), await partsAt(version, log)];
  const missing = [...wanted.keys()].filter((name) => !found.has(name)).map((name) => `${name} is missing`);
  const changed = [...wanted].filter(([name, sql]) => found.has(name) && found.get(name) !== sql);
  const odd = changed.map(([name]) => `${name} is not as it should be`);
  const added = [...found.keys()].filter((name) => !wanted.has(name));
  return [
    ...[...missing, ...odd].map((problem): OddPart => ({ found: 'schema', problem })),
    ...added.map((name): OddPart => ({ found: kindOf(name), problem: `${name} is not ours` })),
  ];
}

const kindOf = (name: string): OddPart['found'] => (name.startsWith('index ') ? 'index' : 'schema');
