import { hash } from 'node:crypto';
import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import Database from 'better-sqlite3';
import { beforeAll, expect, test } from 'vitest';
import { inFolder } from '../cli/frames.ts';

const { at, frames, json, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
/** Flips in each file, spread over it; more with `FLIPS`. */
const flips = Number(process.env['FLIPS'] ?? 3);

/** How the file at a path is checked; otherwise why it is not. */
const rules: readonly [pattern: RegExp, check: (path: string) => string[] | string][] = [
  [/^frames\.sqlite$/, () => ['verify', ...w]],
  [/^head\.json$/, () => ['verify', ...w]],
  [/^documents\/..\/[0-9a-f]{64}$/, () => ['verify', ...w]],
  [
    /^sandboxes\/sbx_[^.]*\.(sqlite|head\.json)$/,
    (path) => ['verify', ...w, '--sandbox', basename(path).replace(/\..*/, '')],
  ],
  [/^golden\/.*\.frames$/, () => ['golden verify', ...w]],
  [/^backups\/.*\.frames$/, (path) => ['backup verify', basename(path, '.frames'), ...w]],
  [/^documents\/..\/[0-9a-f]{64}\.json$/, () => 'the extracted text, made again from the file'],
  [/^(search|questions)\.sqlite/, () => 'an index, made again from the records'],
  [/^logs\//, () => 'messages for support; no record depends on them'],
];

/** Tables without an audit: their rows can differ without a word. */
const unaudited: Readonly<Record<string, string>> = {
  jobs: 'work that runs again',
  conversations: 'questions that a person asked',
};

/** What the check's answer names. */
const nameOf = (path: string): string =>
  path.endsWith('head.json') ? basename(path) : (/([^/]+)\.frames$/.exec(path)?.[1] ?? '✗');

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** The rows of each table and the schema as SQLite reads them; null if it cannot. */
function contentOf(path: string): Record<string, string> | null {
  const db = new Database(path, { readonly: true });
  try {
    const tables = db
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name`)
      .pluck()
      .all() as string[];
    const rows = tables.map((table) => [table, db.prepare(`SELECT * FROM "${table}"`).raw().all()] as const);
    const schema = db.prepare('SELECT * FROM sqlite_schema').raw().all();
    return Object.fromEntries(
      [...rows, ['schema', schema] as const].map(([name, value]) => [
        name,
        hash('sha256', JSON.stringify(value)),
      ]),
    );
  } catch {
    return null;
  } finally {
    db.close();
  }
}

beforeAll(async () => {
  await seed();
  writeFileSync(at('notes.md'), '# Handover\nRestart it with the grey switch.\n');
  await json('documents attach', 'notes.md', ...w, '--about', 'team_summit-attitude-control');
  await json('checkpoints create', 'Spring', ...w);
  await json('sandbox create', 'Plan', ...w);
  await json('entities create team', ...w, '--sandbox', 'Plan', '--data', '{"name":"New radio"}');
  await json('golden publish', ...w);
  await json('jobs add verify', ...w);
  await json('index rebuild', ...w);
  await json('backup create', ...w);
});

test('a byte flipped in any file of a workspace is found by its check and named, or the file is listed with a reason', async () => {
  const folder = at('w');
  const missed: string[] = [];
  const checked = new Set<number>();
  for (const file of filesIn(folder)) {
    const path = relative(folder, file).replaceAll(sep, '/');
    const original = readFileSync(file);
    if (original.length === 0) continue;
    const rule = rules.findIndex(([pattern]) => pattern.test(path));
    expect(rule, path).not.toBe(-1);
    checked.add(rule);
    const check = rules[rule]?.[1](path) ?? '';
    if (typeof check === 'string') continue;
    const content = path.endsWith('.sqlite') ? contentOf(file) : null;
    for (let flip = 0; flip < flips; flip++) {
      const offset = Math.floor(((flip + 0.37) / flips) * original.length);
      const bytes = Buffer.from(original);
      bytes[offset] = (bytes[offset] ?? 0) ^ 0x10;
      rmSync(file);
      writeFileSync(file, bytes);
      const changed = content && contentOf(file);
      const { code, stdout, stderr } = await frames(...(check as [string, ...string[]]));
      rmSync(join(folder, 'damaged.json'), { force: true });
      if (code === 1 && (stdout + stderr).includes(nameOf(path))) continue;
      // Bytes of a page that SQLite does not use hold nothing, and rows of some tables have no audit.
      const differing = Object.keys(content ?? {}).filter((table) => changed?.[table] !== content?.[table]);
      if (content && differing.every((table) => Object.hasOwn(unaudited, table))) continue;
      missed.push(`${path} at ${offset}: exit code ${code}; ${differing.join(', ')}`);
    }
    rmSync(file);
    writeFileSync(file, original);
  }
  expect(missed).toEqual([]);
  expect(rules.flatMap((_, index) => (checked.has(index) ? [] : [String(rules[index]?.[0])]))).toEqual([]);
}, 600_000);
