import { clause } from '#shared/texts/sentence.ts';
import type { Sentence } from '#shared/texts/sentence.ts';
import { openConnection } from '../../kernel/db/connection.ts';
import type { Connection } from '../../kernel/db/connection.ts';
import { migrateTo, schemaVersion, versionOf } from '../../kernel/db/migrate.ts';
import type { Log } from '../../kernel/logger.ts';

interface SchemaPart {
  type: string;
  name: string;
  sql: string | null;
}

/** All schema objects except SQLite's own tables and automatic indexes. Triggers are never SQLite's, whatever their name. */
const partsQuery = `SELECT type, name, sql FROM sqlite_master
  WHERE NOT (type = 'table' AND name IN ('sqlite_sequence', 'sqlite_stat1', 'sqlite_stat4'))
    AND NOT (type = 'index' AND sql IS NULL)
  ORDER BY type, name`;

const sqlByPart = (db: Connection): Map<string, string | null> =>
  new Map(db.all<SchemaPart>(partsQuery).map(({ type, name, sql }) => [`${type} ${name}`, sql]));

const schemaByVersion = new Map<number, ReadonlyMap<string, string | null>>();

/** The schema that our migrations create at a version; computed once per version, which takes 11 ms. */
async function partsAt(version: number, log: Log): Promise<ReadonlyMap<string, string | null>> {
  const parts = schemaByVersion.get(version) ?? (await makeParts(version, log));
  schemaByVersion.set(version, parts);
  return parts;
}

async function makeParts(version: number, log: Log): Promise<Map<string, string | null>> {
  using db = openConnection(':memory:', { mode: 'write', log, fileMustExist: false });
  await migrateTo(db, version);
  return sqlByPart(db);
}

/** Whether the file already has parts that later migrations create, so that these would fail. */
export async function hasLaterParts(db: Connection, log: Log): Promise<boolean> {
  const version = versionOf(db);
  if (version < 1 || version >= schemaVersion) return false;
  const [ownParts, newestParts] = [await partsAt(version, log), await partsAt(schemaVersion, log)];
  return [...sqlByPart(db).keys()].some((name) => newestParts.has(name) && !ownParts.has(name));
}

export interface SchemaProblem {
  finding: 'schema' | 'index';
  problem: Sentence;
}

/** Compares the schema with the one that our migrations create. Harmless extra parts are reported as `index`. */
export async function schemaProblems(db: Connection, log: Log): Promise<SchemaProblem[]> {
  const version = versionOf(db);
  if (version < 1 || version > schemaVersion)
    return [{ finding: 'schema', problem: clause('noSchema', { version }) }];
  const [actual, expected] = [sqlByPart(db), await partsAt(version, log)];
  const missingParts = [...expected.keys()].filter((name) => !actual.has(name));
  const changedParts = [...expected].filter(([name, sql]) => actual.has(name) && actual.get(name) !== sql);
  const addedParts = [...actual.keys()].filter((name) => !expected.has(name));
  const problemOf = (
    finding: SchemaProblem['finding'],
    key: 'missing' | 'changed' | 'notOurs',
    part: string,
  ) => ({
    finding,
    problem: clause(key, { part }),
  });
  return [
    ...missingParts.map((part) => problemOf('schema', 'missing', part)),
    ...changedParts.map(([part]) => problemOf('schema', 'changed', part)),
    ...addedParts.map((part) => problemOf(findingOf(part), 'notOurs', part)),
  ];
}

const findingOf = (name: string): SchemaProblem['finding'] =>
  name.startsWith('index ') ? 'index' : 'schema';
