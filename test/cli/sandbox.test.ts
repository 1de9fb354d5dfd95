import { execFile } from 'node:child_process';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import type { SharingResult } from '#shared/contract/shared-sandboxes.ts';
import { root } from '#scripts/lib/paths.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { folder, at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const live = (): string => hashTables(at('w/frames.sqlite'));
const listed = (): Promise<Sandbox[]> => json('sandbox list', ...w);
const make = (name: string, ...more: string[]): Promise<Sandbox> =>
  json('sandbox create', name, ...w, ...more);
const emptyTrash = (): Promise<unknown> => json('sandbox empty-trash', '--yes', ...w);

beforeAll(async () => {
  await seed();
});

describe('frames sandbox', () => {
  test('makes one of live and one of another, and lists them for people and programs', async () => {
    const first = await make('What if');
    expect(first).toMatchObject({ name: 'What if', from: 'live', changes: 0, counts: { teams: 64 } });
    const { code } = await frames('sandbox create', 'More', '--from', 'what if', ...w);
    expect(code).toBe(0);
    const copy = await json<Sandbox>('sandbox duplicate', first.id, 'Copy', ...w);
    expect(copy).toMatchObject({ name: 'Copy', from: first.id, base: first.base });
    const list = await listed();
    expect(list.map(({ name }) => name)).toEqual(['Copy', 'More', 'What if']);
    const table = (await frames('sandbox list', ...w)).stdout;
    expect(table).toMatch(new RegExp(`Copy\\s+${first.id}`));
    expect(await refused('sandbox create', 'WHAT IF', ...w)).toMatchObject({
      code: 1,
      error: { code: 'INVALID', details: { issues: [{ path: 'name', code: 'taken' }] } },
    });
    expect(await refused('sandbox create', 'New', '--from', 'nothing', ...w)).toMatchObject({
      code: 1,
      error: { code: 'NOT_FOUND', details: { type: 'sandbox', id: 'nothing' } },
    });
  });

  test('discards with --yes, and recovers until the trash is emptied', async () => {
    const { id } = await make('To go');
    const unsaid = await refused('sandbox discard', 'To go', ...w);
    expect(unsaid).toMatchObject({ code: 2, error: { code: 'USAGE', details: { argument: '--yes' } } });
    expect(unsaid.error.message).toContain(`Discard sandbox "To go" (${id}) with no changes?`);
    expect(await json('sandbox discard', 'To go', '--yes', ...w)).toMatchObject({ id, discarded: /^20/ });
    expect((await listed()).some((one) => one.id === id)).toBe(false);
    expect((await frames('sandbox trash', ...w)).stdout).toContain('Discarded (UTC)');
    await make('To go');
    expect(await refused('sandbox recover', 'To go', ...w)).toMatchObject({
      code: 1,
      error: { code: 'INVALID' },
    });
    expect(await json('sandbox recover', 'To go', '--name', 'Back', ...w)).toMatchObject({
      id,
      name: 'Back',
    });
    await json('sandbox discard', id, '--yes', ...w);
    expect(await refused('sandbox empty-trash', ...w)).toMatchObject({
      code: 2,
      error: { code: 'USAGE' },
    });
    expect(await emptyTrash()).toEqual({ removed: 1, left: 0 });
    expect(await json('sandbox trash', ...w)).toEqual([]);
    expect(await emptyTrash()).toEqual({ removed: 0, left: 0 });
  });

  test('leaves nothing behind on a full disk', async () => {
    const before = readdirSync(at('w/sandboxes'));
    // The system lets no file of this process grow beyond 64 kB.
    const script = `trap '' XFSZ; ulimit -f 64; exec "${join(root, 'bin/frames')}" sandbox create Full --workspace w --json`;
    const failed = await promisify(execFile)('bash', ['-c', script], { cwd: folder }).catch(
      (error: unknown) => error,
    );
    const { stderr } = failed as { stderr: string };
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'WORKSPACE' } });
    expect(readdirSync(at('w/sandboxes'))).toEqual(before);
    expect(await json('verify', ...w)).toMatchObject({ ok: true });
  });
});

describe('--sandbox', () => {
  test('supports all record commands, and live stays unchanged', async () => {
    const { id } = await make('Play');
    const [p, was] = [[...w, '--sandbox', 'play'], live()];
    const made = await json<{ record: { id: string } }>(
      'entities create team',
      '--data',
      '{"name":"Played"}',
      ...p,
    );
    const team = made.record.id;
    await json('entities update team', team, '--data', '{"size":7}', ...p);
    expect(await json('entities get team', team, ...p)).toMatchObject({ payload: { size: 7 } });
    await json('entities delete team', team, ...p);
    await json('entities restore team', team, ...p);
    expect(await json('entities list team', '--search', 'Played', ...p)).toMatchObject({ matched: 1 });
    expect(await json('undo', ...p)).toMatchObject({ changes: 1 });
    expect(await json('redo', ...p)).toMatchObject({ changes: 1 });
    expect(await json('audit list', '--entity', team, ...p)).toMatchObject({ total: 6 });
    expect(await json('views list', ...p)).toEqual([]);
    await json('profiles create', 'Only here', '--role', 'editor', ...p);
    expect(await json('profiles list', ...p)).toHaveLength(2);
    writeFileSync(at('teams.csv'), 'Name,Size\nFrom a table,5\n');
    expect(await json('import', 'teams.csv', '--type', 'team', '--backup', ...p)).toMatchObject({
      backup: null,
    });
    writeFileSync(at('in.json'), '{"teams":[{"id":"from-json","name":"From JSON"}]}');
    const tried = await json('import', 'in.json', '--dry-run', '--map', 'map.json', '--force', ...p);
    expect(tried).toMatchObject({ creates: { teams: 1 }, would_be_refused: null });
    expect(await json('import', 'in.json', '--force', '--backup', ...p)).toMatchObject({ backup: null });
    const told = await frames('import', 'in.json', '--force', '--backup', ...p);
    expect(told.stderr).toContain('Sandboxes are not backed up');
    expect(await json('export', '--out', 'out.json', ...p)).toMatchObject({ counts: { teams: 67 } });
    expect((await refused('seed', '--size', 'small', ...p)).error.code).toBe('NOT_EMPTY');
    expect(await json('verify', ...p)).toMatchObject({ ok: true, counts: { teams: 67 } });
    expect((await listed()).find((one) => one.id === id)).toMatchObject({ changes: 9 });
    expect(live()).toBe(was);
    expect(readdirSync(at('w'))).not.toContain('backups');
    expect(await json('verify', ...w)).toMatchObject({ ok: true, counts: { teams: 64 } });
  });

  test('is refused where it does not apply, and for an unknown sandbox', async () => {
    for (const words of [
      ['migrate', 'status'],
      ['migrate', 'up'],
      ['backup', 'create'],
      ['sandbox', 'list'],
      ['sandbox', 'create', 'New'],
    ]) {
      const { code, error } = await refused(...words, ...w, '--sandbox', 'Play');
      expect(code).toBe(2);
      expect(error.message).toContain(`Unknown option --sandbox for frames ${words.slice(0, 2).join(' ')}`);
    }
    const none = 'sbx_00000000-0000-7000-8000-000000000000';
    for (const name of ['nothing', none, '../frames', '../../w/frames']) {
      const { code, error } = await refused('entities list team', ...w, '--sandbox', name);
      expect({ code, error }).toMatchObject({ code: 1, error: { code: 'NOT_FOUND', details: { id: name } } });
      expect((await refused('verify', ...w, '--sandbox', name)).error.code).toBe('NOT_FOUND');
    }
    expect((await refused('import', 'in.json', ...w, '--sandbox', none)).error.code).toBe('NOT_FOUND');
  });
});

describe('frames sandbox share', () => {
  /** Ada is signed in at a server, as joining leaves it. */
  beforeAll(async () => {
    const [profile] = await json<{ id: string }[]>('profiles list', ...w);
    const db = new Database(at('w/frames.sqlite'));
    db.prepare(`INSERT INTO sync_state VALUES ('state', ?)`).run(
      JSON.stringify({ user: { id: profile?.id } }),
    );
    db.close();
  });
  afterAll(() => {
    const db = new Database(at('w/frames.sqlite'));
    db.exec('DELETE FROM sync_state');
    db.close();
  });

  test('shares the changes of a sandbox, lists them, and takes a copy', async () => {
    const { id } = await make('Bigger');
    const [team] = (await json<{ rows: { id: string }[] }>('entities list team', '--limit', '1', ...w)).rows;
    await json('entities update team', team?.id ?? '', '--data', '{"size":77}', ...w, '--sandbox', id);
    expect(await refused('sandbox share', id, '--replace', '--new', ...w)).toMatchObject({
      code: 2,
      error: { details: { argument: '--new' } },
    });
    const shared = await json<SharingResult>('sandbox share', id, '--everybody', ...w);
    expect(shared).toMatchObject({ name: 'Bigger', university_id: null, count: 1, elsewhere: 1 });
    expect(await json('sandbox shared', ...w)).toMatchObject([{ id: shared.id, university: null, count: 1 }]);
    const taken = await json<{ sandbox: Sandbox }>('sandbox take', shared.id ?? '', '--name', 'Mine', ...w);
    expect(taken).toMatchObject({ sandbox: { name: 'Mine', changes: 1 }, moved: 0, problems: [] });
    expect(await json('sandbox unshare', shared.id ?? '', ...w)).toMatchObject({ name: 'Bigger' });
    expect(await json('sandbox shared', ...w)).toEqual([]);
  });
});
