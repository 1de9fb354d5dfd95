import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { silentLog } from '#core/kernel/logger.ts';
import { openCore } from '#core/open.ts';
import { systemServices } from '#core/kernel/system.ts';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const source = join(root, 'test/fixtures/frames_data.json');
const dryRun = ['import', source, '--dry-run', '--map', 'map.json'] as const;

/** Every file and folder of a workspace, with the digest of what it holds; of some only that they are there. */
function tracesIn(name: string, unread = /^$/): Record<string, string> {
  const names = readdirSync(at(name), { recursive: true, encoding: 'utf8' });
  return Object.fromEntries(
    names.map((path) => {
      const full = join(at(name), path);
      if (unread.test(path) || statSync(full).isDirectory()) return [path, 'there'];
      return [path, createHash('sha256').update(readFileSync(full)).digest('hex')];
    }),
  );
}

/** Reading SQLite's files in the process that has them open would drop its locks; and it writes them and the head itself. */
const touchedByItsOwner = /sqlite|^head/;

beforeAll(async () => {
  await seed();
  await json('profiles create', 'Vic', '--role', 'viewer', '--workspace', 'w');
});

describe('a dry run', () => {
  test('leaves a closed workspace unchanged byte by byte', async () => {
    const before = tracesIn('w');
    await json(...dryRun, '--workspace', 'w', '--force');
    expect(tracesIn('w')).toEqual(before);
    await refused(...dryRun, '--workspace', 'w', '--actor', 'nobody');
    expect(tracesIn('w')).toEqual(before);
  });

  test('leaves an open workspace unchanged, and sees its newest state', async () => {
    const core = await openCore({
      workspace: at('w'),
      ...systemServices(),
      log: silentLog,
      holder: { kind: 'test', label: 'a test' },
    });
    try {
      const client = core.client(core.session());
      await client.entities.create({ type: 'team', id: 'team_1', data: { name: 'Mine' } });
      const before = tracesIn('w', touchedByItsOwner);
      expect(await json(...dryRun, '--workspace', 'w', '--force')).toMatchObject({ updates: { teams: 1 } });
      expect(tracesIn('w', touchedByItsOwner)).toEqual(before);
    } finally {
      await core.close();
    }
  });

  test('reports the refusal that the import would get', async () => {
    const told = async (...more: string[]): Promise<unknown> => {
      const { code, stdout, error } = await refused(...dryRun, ...more);
      expect(code).toBe(1);
      const value = JSON.parse(stdout) as { would_be_refused: { code: string; message: string } };
      const { code: why, message } = value.would_be_refused;
      expect(error).toMatchObject({ code: why, message: `Would be refused: ${message}` });
      return value;
    };
    expect(await told('--workspace', 'w')).toMatchObject({
      mode: 'dry-run',
      counts: { teams: 8 },
      would_be_refused: { code: 'NOT_EMPTY' },
    });
    const forced = ['--workspace', 'w', '--force'] as const;
    expect(await json(...dryRun, ...forced)).toMatchObject({ would_be_refused: null });
    expect(await told(...forced, '--actor', 'Vic')).toMatchObject({
      would_be_refused: { code: 'FORBIDDEN', message: expect.stringContaining('Viewers') as string },
    });
    const { code, stdout } = await frames(...dryRun, '--workspace', 'w');
    expect(code).toBe(1);
    expect(stdout).toMatch(/^Would be refused: .*--force/);
    writeFileSync(at('stranger.txt'), '');
    expect(await told('--workspace', '.')).toMatchObject({ would_be_refused: { code: 'WORKSPACE' } });
    expect(await json(...dryRun, '--workspace', 'new')).toMatchObject({ would_be_refused: null });
  });
});
