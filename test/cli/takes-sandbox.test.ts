import { writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Command } from '#cli/command.ts';
import { commands } from '#cli/table.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { at, json, refused, frames } = inFolder('here');
const w = ['--workspace', 'w'] as const;
const named = ({ path }: Command): string => path.join(' ');

const copies = 'is about backups of live as a whole';
const golden = 'is about live and the golden copy';
const shelf = 'names the sandbox it is about, or is about all of them';
const file = 'is about the file of the workspace, not about records';

/** Commands that take no `--sandbox`, and why. Every other one does. */
const exceptions: Readonly<Record<string, string>> = {
  accept: file,
  'set-log-aside': file,
  vacuum: file,
  salvage: file,
  'support-copy': file,
  'migrate status': file,
  'migrate up': file,
  'migrate down': file,
  'backup create': copies,
  'backup list': copies,
  'backup verify': copies,
  'backup export': copies,
  'backup take': copies,
  'backup place': copies,
  'backup prune': copies,
  'backup retention': copies,
  'backup bring': copies,
  'golden status': golden,
  'golden list': golden,
  'golden verify': golden,
  'golden diff': golden,
  'golden publish': golden,
  'golden reset': golden,
  'sandbox create': shelf,
  'sandbox list': shelf,
  'sandbox rename': shelf,
  'sandbox duplicate': shelf,
  'sandbox diff': shelf,
  'sandbox promote': shelf,
  'sandbox refresh': shelf,
  'sandbox archive': shelf,
  'sandbox unarchive': shelf,
  'sandbox discard': shelf,
  'sandbox trash': shelf,
  'sandbox recover': shelf,
  'sandbox empty-trash': shelf,
};

/** What each of the others is called with, so that nothing but the sandbox is wrong. */
const given: Readonly<Record<string, readonly string[]>> = {
  import: ['teams.csv'],
  export: ['--out', 'out.json'],
  verify: [],
  health: [],
  stats: [],
  'entities list': ['team'],
  'entities get': ['team', 'team_1'],
  'entities create': ['team', '--data', '{"name":"New"}'],
  'entities update': ['team', 'team_1', '--data', '{"name":"New"}'],
  'entities delete': ['team', 'team_1'],
  'entities restore': ['team', 'team_1'],
  undo: [],
  redo: [],
  'audit list': [],
  'moments list': [],
  'moments show': ['now', 'team'],
  'moments diff': ['first', 'now'],
  'moments restore': ['now', 'team_1', '--yes'],
  'checkpoints create': ['Here'],
  'checkpoints list': [],
  'checkpoints rename': ['Here', 'There'],
  'checkpoints remove': ['Here', '--yes'],
  'backup restore': ['20260101T000000000Z', '--record', 'team_1', '--yes'],
  'backup diff': ['20260101T000000000Z'],
  seed: ['--size', 'small'],
  'profiles list': [],
  'profiles create': ['Rea', '--role', 'researcher'],
  'profiles rename': ['Rea'],
  'profiles change': ['Rea', '--role', 'viewer'],
  'views list': [],
};

const takers = commands.filter((one) => !(named(one) in exceptions));

describe('--sandbox', () => {
  test('is taken by every command but those that are named here, all of which there are', () => {
    expect(takers.filter(({ options }) => !('sandbox' in options)).map(named)).toEqual([]);
    expect(commands.filter((one) => named(one) in exceptions && 'sandbox' in one.options)).toEqual([]);
    const all = new Set(commands.map(named));
    expect(Object.keys({ ...exceptions, ...given }).filter((one) => !all.has(one))).toEqual([]);
  });

  test.each(takers.map((one) => [named(one)] as const))('stands in the help of %s', async (name) => {
    expect((await frames(...name.split(' '), '--help')).stdout).toMatch(/--sandbox ID +[A-Z]/);
  });
});

describe('a sandbox that is not there', () => {
  let trashed = '';
  let was = '';

  beforeAll(async () => {
    await json('seed', '--size', 'small', ...w);
    await json('entities', 'create', 'team', 'team_1', '--data', '{"name":"Thermal"}', ...w);
    writeFileSync(at('teams.csv'), 'Name\nOptics\n');
    trashed = (await json<Sandbox>('sandbox', 'create', 'Gone', ...w)).id;
    await json('sandbox', 'discard', trashed, '--yes', ...w);
    was = hashTables(at('w/frames.sqlite'));
  });

  test.each(takers.map((one) => [named(one)] as const))(
    'is named by %s, also one in the trash, and nothing is done',
    async (name) => {
      const call = [...name.split(' '), ...(given[name] ?? []), ...w, '--sandbox'];
      const never = await refused(...call, 'nothing');
      expect(never).toMatchObject({ code: 1, stdout: '' });
      expect(never.error).toMatchObject({
        code: 'NOT_FOUND',
        message: 'There is no sandbox "nothing".',
        details: { type: 'sandbox', id: 'nothing' },
      });
      for (const one of [trashed, 'gone']) {
        const { code, error } = await refused(...call, one);
        expect([code, error.code]).toEqual([1, 'NOT_FOUND']);
        expect(error.message).toMatch(
          /^The sandbox "Gone" \(sbx_.*\) is in the trash: recover it first \("frames sandbox recover"\)\./,
        );
      }
      expect(hashTables(at('w/frames.sqlite'))).toBe(was);
    },
  );
});
