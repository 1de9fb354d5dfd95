import { expect, test } from 'vitest';
import { withSnapshot } from '#server/backups/dump.ts';
import { readLines, writeLines } from '#server/backups/file.ts';
import { replaceAll } from '#server/backups/replace.ts';
import { backedUpTables } from '#server/backups/tables.ts';
import type { ManifestFacts } from '#server/backups/manifest.ts';
import type { Database } from '#server/db/database.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';
import { testDatabase } from '../support/server.ts';

/** Values that a format which is not exact would lose. */
const texts = [
  '',
  'null',
  'NULL',
  '\\N',
  '\\',
  "'",
  '"',
  'a\nb\r\n\tc',
  '{a,"b"}',
  '\u2028\u{1F600}é',
  '\u0001\u007f',
  'x'.repeat(5000),
];
const jsons = [
  '{}',
  '{"n": 12345678901234567890.123456789012345678901234567890, "e": 1e300}',
  '{"s": "\\\\ \\" \\u0001 \\n", "a": [null, [], {}], "": 0}',
];
const times = [
  '2026-11-25 01:02:03.456789+00',
  '0044-03-15 00:00:00+00 BC',
  'infinity',
  '99999-12-31 23:59:59.999999+00',
];

/** A few rows for every table, made from its columns, so that a new table or column is tried out as well. */
async function fill(database: Database): Promise<void> {
  const columns = await database.all<{ table: string; name: string; type: string; nullable: boolean }>(
    `SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid
     WHERE c.oid = ANY ($1::regclass[]) AND a.attnum > 0 AND a.attgenerated = '' AND NOT a.attisdropped ORDER BY c.relname, a.attnum`,
    [backedUpTables.filter((name) => name !== 'server')],
  );
  await database.transaction(async (sql) => {
    // What a check would refuse is written all the same: the copy has to hold it.
    await sql.run('SET LOCAL session_replication_role = replica');
    for (const table of backedUpTables) {
      const own = columns.filter((one) => one.table === table);
      for (let at = 0; at < texts.length && own.length > 0; at++) {
        const values = own.map(({ name, type, nullable }) => valueOf(name, type, nullable, at));
        await sql.run(
          `INSERT INTO ${table} (${own.map(({ name }) => `"${name}"`).join(', ')}) OVERRIDING SYSTEM VALUE
           VALUES (${own.map(({ type }, index) => `$${index + 1}::${type}`).join(', ')})`,
          values,
        );
      }
    }
  });
}

function valueOf(name: string, type: string, nullable: boolean, at: number): string | null {
  if (nullable && at % 3 === 1) return null;
  if (name === 'role') return 'editor';
  if (name === 'sees') return 'all';
  if (name === 'email') return `${at}${(texts[at] ?? '').toLowerCase().slice(0, 100)}`;
  if (['id', 'op_id', 'user_id'].includes(name) && type === 'text')
    return `${at}${(texts[at] ?? '').slice(0, 100)}`;
  if (type === 'text') return texts[at] ?? '';
  // JSON's own null is no missing value.
  if (type === 'jsonb')
    return name === 'payload' || at % 4 !== 2 ? (jsons[at % jsons.length] ?? '{}') : 'null';
  if (type === 'timestamp with time zone') return times[at % times.length] ?? '';
  if (type === 'text[]') return at === 0 ? '{}' : `{${JSON.stringify(texts[at])},NULL,"b,c"}`;
  if (type === 'bigint')
    return at === 0 ? '-9223372036854775808' : String(9223372036854775807n - BigInt(at) * 7n);
  if (type === 'integer') return String(at);
  if (type === 'boolean') return String(at % 2 === 0);
  if (type === 'bytea') return `\\x00${at.toString(16).padStart(2, '0')}ff5c`;
  throw new Error(`no value for ${type}`);
}

/** Every row of every table as Postgres writes it. */
async function contents(database: Database): Promise<Record<string, string[]>> {
  const all: Record<string, string[]> = {};
  for (const name of backedUpTables) {
    const rows = await database.all<{ row: string }>(`SELECT t::text AS row FROM ${name} t ORDER BY 1`);
    all[name] = rows.map(({ row }) => row);
  }
  return all;
}

test('every table of the server is in a backup, or named as one that is not', async () => {
  const database = await testDatabase();
  const rows = await database.all<{ name: string }>(
    `SELECT relname AS name FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  await database.close();
  const passing = [
    'acting_key',
    'deliveries',
    'file_parts',
    'hooks',
    'jobs',
    'knowledge',
    'knowledge_state',
    'queued_jobs',
    'oidc_sign_ins',
    'rate_limits',
    'record_digest',
    'schema_versions',
    'socket_io_attachments',
  ];
  const expected = [...backedUpTables, ...passing];
  expect(rows.map(({ name }) => name)).toEqual(expected.toSorted());
});

test.each([null, 'a passphrase of twelve'])(
  'a backup brings back every value, with passphrase %s',
  async (passphrase) => {
    const [database, other] = [await testDatabase(), await testDatabase()];
    const folder = makeFolder();
    await other.run(`UPDATE server SET server_id = 'another'`);
    await fill(database);
    const before = await contents(database);
    for (const name of backedUpTables) expect([name, before[name]?.length]).not.toEqual([name, 0]);
    const { signal } = new AbortController();
    const path = `${folder}/backup`;
    const facts = await withSnapshot(
      database,
      () => {},
      async (snapshot) => {
        const file = await writeLines(path, snapshot.lines, passphrase, signal);
        return { ...snapshot.facts, file };
      },
    );
    const manifest = { ...facts } as ManifestFacts;
    await replaceAll(other, {
      manifest: { ...manifest, hash: '' },
      lines: readLines(path, { encrypted: passphrase !== null, passphrase, expected: facts.file }),
      backUpFirst: async () => {},
      onRows: () => {},
      signal,
    });
    const after = await contents(other);
    // That a restored history is another one is all that differs.
    expect({ ...after, server: [] }).toEqual({ ...before, server: [] });
    expect(before['server']).not.toEqual(after['server']);
    await database.close();
    await other.close();
    removeFolder(folder);
  },
);
