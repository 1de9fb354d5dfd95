import { randomUUID } from 'node:crypto';
import { serverGenesis } from '#shared/sync/chain.ts';
import type { Database, Sql } from '../db/database.ts';
import { lockHistory } from '../db/group-commit.ts';
import { readServer } from '../sync/postgres-storage.ts';
import type { ServerRow } from '../sync/storage.ts';
import type { TableLine } from './dump.ts';
import type { Manifest } from './manifest.ts';
import { BackupProblem } from './problem.ts';
import { contentTables, exactTextSettings, ongoingTables, quoteName, readTableShapes } from './tables.ts';
import type { TableShape } from './tables.ts';

type Ancestors = ServerRow['lineage'];
export type HistoryFacts = Pick<ServerRow, 'generation' | 'lineage' | 'head_seq' | 'head_hash'>;

/**
 * Returns the ancestors of the history that a restore begins. Each has the last number and hash that it shares with the backup, so that
 * a client of any earlier history finds where it diverges. `current` is the history before the restore; its `fork` is the last operation
 * that the backup also has. `current` is null if the database belongs to another server.
 */
export function lineageAfter(
  backup: HistoryFacts,
  current: (HistoryFacts & { fork: { seq: number; hash: string } }) | null,
): Ancestors {
  const ancestors: Ancestors = [
    ...backup.lineage,
    { generation: backup.generation, seq: backup.head_seq, hash: backup.head_hash },
  ];
  if (!current) return ancestors;
  const { fork } = current;
  const isKnown = (generation: string): boolean =>
    ancestors.some((ancestor) => ancestor.generation === generation);
  const currentAncestors = [...current.lineage, { generation: current.generation, ...fork }]
    .filter(({ generation }) => !isKnown(generation))
    .map((ancestor) => (ancestor.seq <= fork.seq ? ancestor : { ...ancestor, ...fork }));
  return [...ancestors, ...currentAncestors];
}

/** Rows per insert, and the text length after which an insert is sent. */
const maxRows = 500;
const maxTextLength = 4_000_000;

interface Replacement {
  manifest: Manifest;
  lines: AsyncIterable<string>;
  /** Called under the history lock, before anything is replaced. */
  backUpFirst: () => Promise<unknown>;
  onRows: (count: number) => void;
  signal: AbortSignal;
}

/** Replaces all data in one transaction, with a new generation. For a backup of this server, sessions, passwords and access audits stay. */
export function replaceAll(
  database: Database,
  { manifest, lines, backUpFirst, onRows, signal }: Replacement,
): Promise<void> {
  return database.transaction(async (sql) => {
    await sql.run(exactTextSettings);
    await checkSchema(sql, manifest);
    await lockHistory(sql);
    await backUpFirst();
    signal.throwIfAborted();
    const current = await readServer(sql);
    const isSameServer = current.server_id === manifest.server.server_id;
    const shapes = await readTableShapes(sql);
    const replacedTables = shapes.filter(({ name }) => !isSameServer || !ongoingTables.includes(name));
    await sql.run(
      'CREATE TEMP TABLE earlier_history ON COMMIT DROP AS SELECT id, hash FROM audit_transactions',
    );
    await sql.run('CREATE TEMP TABLE earlier_users ON COMMIT DROP AS SELECT id, password_hash FROM users');
    await sql.run('SET CONSTRAINTS ALL DEFERRED');
    // TRUNCATE would block all readers.
    for (const { name } of replacedTables)
      if (!contentTables.includes(name)) await sql.run(`DELETE FROM ${quoteName(name)}`);
    await sql.run('CREATE TEMP TABLE kept_files (sha256 text PRIMARY KEY) ON COMMIT DROP');
    if (replacedTables.some(({ name }) => contentTables.includes(name))) {
      await sql.run('DELETE FROM files WHERE damaged_at IS NOT NULL');
      await sql.run('INSERT INTO kept_files SELECT sha256 FROM files');
    }
    const counts = await loadAll(sql, lines, { shapes, replacedTables, onRows, signal });
    for (const [name, count] of Object.entries(manifest.counts))
      if (counts.get(name) !== count)
        throw new BackupProblem(
          `The backup says that ${name} has ${count} rows, and holds ${counts.get(name) ?? 0}.`,
        );
    if (isSameServer) await keepAccounts(sql);
    const forkPoint = await sql.get<{ seq: number; hash: string }>(
      'SELECT id AS seq, hash FROM audit_transactions JOIN earlier_history USING (id, hash) ORDER BY id DESC LIMIT 1',
    );
    const fork = forkPoint ?? { seq: 0, hash: serverGenesis };
    const lineage = lineageAfter(manifest.server, isSameServer ? { ...current, fork } : null);
    await sql.run('UPDATE server SET generation = $1, lineage = $2::jsonb, bootstrap_hash = NULL', [
      randomUUID(),
      JSON.stringify(lineage),
    ]);
  });
}

async function checkSchema(sql: Sql, { schema }: Manifest): Promise<void> {
  const row = await sql.get<{ version: number }>('SELECT max(version) AS version FROM schema_versions');
  if (row?.version !== schema)
    throw new BackupProblem(
      `The backup has schema ${schema}, the database ${row?.version ?? 0}. Run "frames serve migrate --to ${schema}", restore, and migrate again.`,
    );
}

/** Keeps current passwords, and ends the sessions of users missing in the backup. */
async function keepAccounts(sql: Sql): Promise<void> {
  await sql.run('UPDATE users u SET password_hash = e.password_hash FROM earlier_users e WHERE e.id = u.id');
  await sql.run('DELETE FROM sessions WHERE NOT EXISTS (SELECT 1 FROM users WHERE users.id = user_id)');
}

interface LoadOptions {
  shapes: readonly TableShape[];
  replacedTables: readonly TableShape[];
  onRows: (count: number) => void;
  signal: AbortSignal;
}

/** Returns the number of restored rows by table. */
async function loadAll(
  sql: Sql,
  lines: AsyncIterable<string>,
  { shapes, replacedTables, onRows, signal }: LoadOptions,
): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  let shape: TableShape | undefined;
  let rows: string[] = [];
  let textLength = 0;
  const flush = async (): Promise<void> => {
    signal.throwIfAborted();
    if (shape && rows.length > 0) {
      counts.set(shape.name, (counts.get(shape.name) ?? 0) + rows.length);
      if (replacedTables.includes(shape)) await insertRows(sql, shape, rows);
      onRows(rows.length);
    }
    [rows, textLength] = [[], 0];
  };
  for await (const line of lines) {
    if (line.startsWith('{')) {
      await flush();
      shape = shapeOf(JSON.parse(line) as TableLine, shapes);
      counts.set(shape.name, 0);
      continue;
    }
    rows.push(line);
    textLength += line.length;
    if (rows.length >= maxRows || textLength > maxTextLength) await flush();
  }
  await flush();
  for (const { name, identity } of replacedTables)
    if (identity !== null)
      await sql.run(
        `SELECT setval(pg_get_serial_sequence($1, $2), coalesce(max(${quoteName(identity)}), 0) + 1, false) FROM ${quoteName(name)}`,
        [name, identity],
      );
  return counts;
}

function shapeOf({ table, columns }: TableLine, shapes: readonly TableShape[]): TableShape {
  const shape = shapes.find(({ name }) => name === table);
  if (shape?.columns.map(({ name }) => name).join() !== columns.join())
    throw new BackupProblem(`The table ${table} of the backup is not as the database has it.`);
  return shape;
}

async function insertRows(sql: Sql, { name, columns }: TableShape, lines: readonly string[]): Promise<void> {
  const rows = lines.map((line) => JSON.parse(line) as (string | null)[]);
  const names = columns.map((column) => quoteName(column.name)).join(', ');
  const values = columns.map(({ type }, index) => `v${index}::${type}`).join(', ');
  const parameters = columns.map((_, index) => `$${index + 1}::text[]`).join(', ');
  const aliases = columns.map((_, index) => `v${index}`).join(', ');
  const hashColumn = columns.findIndex((column) => column.name === 'sha256');
  const condition = contentTables.includes(name)
    ? `WHERE v${hashColumn} NOT IN (SELECT sha256 FROM kept_files)`
    : '';
  await sql.run(
    `INSERT INTO ${quoteName(name)} (${names}) OVERRIDING SYSTEM VALUE SELECT ${values} FROM unnest(${parameters}) AS r(${aliases}) ${condition}`,
    columns.map((_, index) => rows.map((row) => row[index] ?? null)),
  );
}
