import type { SqlReason } from '#shared/contract/reasons.ts';

/** A statement that must do no harm: refused for one of these reasons, or answered with a bounded result. */
export interface Hostile {
  sql: string;
  ends: readonly (SqlReason | 'answered')[];
}

const refused = (...sqls: readonly string[]): Hostile[] =>
  sqls.map((sql) => ({ sql, ends: ['not_allowed'] }));
/** SQLite does not compile it. */
const unknown = (...sqls: readonly string[]): Hostile[] =>
  sqls.map((sql) => ({ sql, ends: ['syntax', 'not_allowed'] }));
const bounded = (...sqls: readonly string[]): Hostile[] =>
  sqls.map((sql) => ({ sql, ends: ['answered', 'too_slow', 'too_much_memory', 'too_long'] }));
const second = (...sqls: readonly string[]): Hostile[] =>
  sqls.map((sql) => ({ sql, ends: ['second_statement'] }));

const n = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)';

/** `FILE` stands for the path of a file that must not be made. */
export const hostileStatements: readonly Hostile[] = [
  // Other files.
  ...refused(
    "ATTACH 'FILE' AS other",
    "ATTACH DATABASE ':memory:' AS other",
    "/* quiet */ attach 'FILE' as other",
    'DETACH main',
    "VACUUM INTO 'FILE'",
    'VACUUM',
    'REINDEX',
    'ANALYZE',
  ),
  // Settings, and what tells of the file.
  ...refused(
    'PRAGMA journal_mode = WAL',
    'PRAGMA writable_schema = ON',
    'PRAGMA query_only = OFF',
    "PRAGMA temp_store_directory = 'FILE'",
    'PRAGMA hard_heap_limit = 0',
    'PRAGMA wal_checkpoint(TRUNCATE)',
    'PRAGMA database_list',
    "SELECT * FROM pragma_table_info('teams')",
    "SELECT count(*) FROM pragma_table_info('teams')",
    'SELECT file FROM pragma_database_list',
    'SELECT * FROM pragma_function_list',
    'SELECT sql FROM sqlite_schema',
    'SELECT name FROM sqlite_master',
    'SELECT name FROM main.sqlite_master',
    'SELECT name FROM sqlite_temp_schema',
    'SELECT count(*) FROM sqlite_schema',
    'SELECT * FROM sqlite_stat1',
    'EXPLAIN SELECT * FROM teams',
    'EXPLAIN QUERY PLAN SELECT * FROM teams',
  ),
  ...unknown(
    'SELECT * FROM dbstat',
    'SELECT data FROM sqlite_dbpage',
    'SELECT * FROM sqlite_stmt',
    "SELECT * FROM bytecode('SELECT 1')",
  ),
  // Writes.
  ...refused(
    "INSERT INTO teams (id) VALUES ('x')",
    "INSERT INTO teams (id) SELECT 'x' RETURNING id",
    "UPDATE teams SET name = 'x'",
    'DELETE FROM teams',
    "REPLACE INTO teams (id) VALUES ('x')",
    "WITH x AS (SELECT 1) INSERT INTO teams (id) SELECT 'x' FROM x",
    'WITH x AS (SELECT id FROM teams) DELETE FROM teams WHERE id IN (SELECT id FROM x)',
    'CREATE TABLE x (a)',
    'CREATE TEMP TABLE x AS SELECT * FROM teams',
    'CREATE VIEW x AS SELECT * FROM teams',
    'CREATE TEMP VIEW teams AS SELECT 1 AS id',
    'CREATE TRIGGER x AFTER INSERT ON teams BEGIN SELECT 1; END',
    'CREATE VIRTUAL TABLE x USING fts5(a)',
    "CREATE VIRTUAL TABLE temp.x USING csv(filename='/etc/passwd')",
    'CREATE INDEX x ON teams (name)',
    'ALTER TABLE teams RENAME TO x',
    'DROP TABLE teams',
    'BEGIN EXCLUSIVE',
    'COMMIT',
    'SAVEPOINT x',
    'ROLLBACK',
  ),
  // Functions that reach outside, or into the program.
  ...unknown(
    "SELECT load_extension('FILE')",
    "SELECT readfile('/etc/passwd')",
    "SELECT writefile('FILE', 'x')",
    "SELECT edit('x', 'sh')",
    "SELECT fts3_tokenizer('simple')",
    "SELECT highlight(teams, 0, '', '') FROM teams",
    'SELECT bm25(teams) FROM teams',
    'SELECT sqlite_version()',
    'SELECT sqlite_source_id()',
    "SELECT sqlite_compileoption_used('THREADSAFE')",
    'SELECT sqlite_offset(id) FROM teams',
    'SELECT last_insert_rowid(), changes(), total_changes()',
    "SELECT name MATCH 'x' FROM teams",
    "SELECT name REGEXP '(a+)+$' FROM teams",
    'SELECT randomblob(1000000000)',
    'SELECT zeroblob(1000000000)',
    'SELECT * FROM generate_series(1, 1000000000)',
    "SELECT * FROM teams('x')",
    'SELECT * FROM audit_logs',
    'SELECT payload FROM teams',
    'SELECT * FROM teams_fts_data',
  ),
  // Without an end.
  ...bounded(
    `${n} SELECT max(i) FROM n`,
    `${n} SELECT i FROM n`,
    `${n} SELECT count(*) FROM n a, n b`,
    `${n} SELECT group_concat(i) FROM n`,
    `${n} SELECT json_group_array(i) FROM n`,
    `${n} SELECT json_group_object(i, i) FROM n`,
    `${n} SELECT sum(i) OVER (ORDER BY random()) FROM n`,
    `${n} SELECT DISTINCT hex(i) || i FROM n ORDER BY 1`,
    `${n.replace('UNION ALL', 'UNION')} SELECT max(i) FROM n`,
    "WITH RECURSIVE s(t) AS (SELECT 'x' UNION ALL SELECT t || t FROM s) SELECT length(t) FROM s",
    "WITH RECURSIVE s(t) AS (SELECT 'x' UNION SELECT t || t || random() FROM s) SELECT count(*) FROM s",
    "WITH RECURSIVE s(i, t) AS (SELECT 1, printf('%.900000c', 'x') UNION ALL SELECT i + 1, t FROM s LIMIT 100000) SELECT i FROM s ORDER BY t, random()",
  ),
  // Large.
  ...bounded(
    'SELECT count(*) FROM students a, students b, students c, students d, students e',
    'SELECT a.name, b.name, c.name FROM students a, students b, students c ORDER BY c.name || b.name || a.name DESC',
    'SELECT a.*, b.*, c.* FROM students a, students b, students c',
    'SELECT group_concat(a.meta || b.meta || c.meta) FROM students a, students b, students c',
    'SELECT DISTINCT a.name || b.name || c.name FROM students a, students b, students c',
    'SELECT a.id FROM students a WHERE (SELECT count(*) FROM students b, students c, students d WHERE b.name < c.name) > 0',
    "SELECT printf('%.1000000000c', 'x')",
    "SELECT printf('%1000000000d', 1)",
    "SELECT printf('%.*f', 100000000, 1.0)",
    "SELECT replace(printf('%.900000c', 'x'), 'x', 'xxxxxxxxxx')",
    "SELECT hex(hex(hex(hex(printf('%.300000c', 'x')))))",
    "SELECT json_array(printf('%.900000c', 'x'), printf('%.900000c', 'x'))",
    `SELECT count(*) FROM json_each('[' || printf('%.400000c', '1') || ']') a, students b`,
    "SELECT json_pretty(replace(printf('%.1000c', 'x'), 'x', '[') || replace(printf('%.1000c', 'x'), 'x', ']'))",
    "SELECT printf('%.400000c', 'a') LIKE '%a%a%a%a%a%a%a%a%a%a%a%a%b'",
    "SELECT printf('%.400000c', 'a') GLOB '*a*a*a*a*a*a*a*a*a*a*a*a*b'",
    "SELECT count(*) FROM students a, students b, students c WHERE a.name || b.name LIKE '%a%e%i%o%u%' || c.name",
    "SELECT instr(printf('%.900000c', 'a'), printf('%.400000c', 'a') || 'b')",
    `SELECT ${'('.repeat(150)}1${')'.repeat(150)}`,
  ),
  // What a parser does with brackets differs between versions of SQLite.
  { sql: `SELECT ${'('.repeat(5000)}1${')'.repeat(5000)}`, ends: ['syntax', 'too_long', 'answered'] },
  { sql: `SELECT ${Array.from({ length: 3000 }, (_, at) => at).join(', ')}`, ends: ['syntax'] },
  { sql: Array.from({ length: 400 }, () => 'SELECT 1').join(' UNION ALL '), ends: ['syntax', 'too_long'] },
  { sql: `SELECT '${'x'.repeat(99_000)}'`, ends: ['answered'] },
  { sql: `SELECT 1 ${'-'.repeat(2)}${'x'.repeat(90_000)}`, ends: ['answered'] },
  { sql: "SELECT count(*) FROM json_tree(replace(printf('%.900000c', 'x'), 'x', '['))", ends: ['syntax'] },
  { sql: "SELECT 'a' LIKE printf('%.900000c', '%')", ends: ['syntax'] },
  // More than one statement, and hidden ones.
  ...second(
    'SELECT 1; DELETE FROM teams',
    "SELECT 1; ATTACH 'FILE' AS other",
    'SELECT 1; SELECT 2',
    'SELECT 1;;; SELECT 2',
    'SELECT 1; -- quiet\nDROP TABLE teams',
    "SELECT 1; /* quiet */ VACUUM INTO 'FILE'",
    "SELECT ';'; DELETE FROM teams",
    'SELECT "id" FROM teams; /* unclosed */ x',
    'SELECT 1; garbage',
  ),
  { sql: 'SELECT 1; -- DELETE FROM teams', ends: ['answered'] },
  { sql: 'SELECT 1 /* ; DELETE FROM teams', ends: ['answered'] },
  { sql: '-- SELECT 1\n;;', ends: ['empty'] },
  { sql: `${' '.repeat(90_000)};`, ends: ['empty'] },
  { sql: 'SELECT 1\0; DELETE FROM teams', ends: ['syntax'] },
  { sql: '\0', ends: ['syntax'] },
  { sql: "SELECT '\uD800'", ends: ['syntax'] },
  { sql: '\uFEFFDELETE FROM teams', ends: ['syntax', 'not_allowed'] },
  { sql: 'SELECT ?', ends: ['syntax', 'answered', 'failed'] },
];
