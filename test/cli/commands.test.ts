import { existsSync, writeFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { resultSchemaOf } from '#cli/args/option.ts';
import { globalOptions } from '#cli/command.ts';
import type { Command } from '#cli/command.ts';
import { commands } from '#cli/commands/index.ts';
import { commandHelp, groupHelp } from '#cli/output/help.ts';
import { TestRepository, ann } from '#test/core/code-maps/fixture.ts';
import { hashTables } from '#test/support/table-hash.ts';
import { calls } from './command-calls.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
const nameOf = ({ path }: Command): string => path.join(' ');
const all = commands.map((command) => [nameOf(command), command] as const);
const withOption = (name: string) => all.filter(([, { options }]) => name in options);
/** These are called elsewhere: they make the workspace, leave it with another schema, need none (`completion.test.ts`), or take long in
 * a workspace of this size (`search.test.ts`), need no workspace (`connection.test.ts`), or run until interrupted (`events.test.ts`). */
const elsewhere = [
  'events follow',
  'init',
  'seed',
  'migrate down',
  'completion',
  'man',
  'index train',
  'mcp',
  'sync doctor',
  'connection show',
  'connection trust',
  'connection distrust',
];
/** These want a server: test/server, test/e2e and `language-models.test.ts` call them with one. */
const atServer: Readonly<Record<string, readonly string[]>> = {
  'models test': ['Closed'],
  'repairs wording': ['repair_1'],
  'sandbox share': ['Plan'],
  'sandbox take': ['none'],
  'sandbox unshare': ['none'],
  'hooks list': [],
  'hooks create': ['--url', 'https://example.org/frames'],
  'hooks rotate': ['none'],
  'hooks remove': ['none', '--yes'],
  'hooks resend': ['none'],
  'hooks test': ['none'],
  'sync join': ['http://127.0.0.1:9', '--email', 'a@example.org', '--password-stdin'],
  'sync now': [],
  'sync fetch': ['none'],
  'sync status': [],
  'sync conflicts': [],
  'sync resolve': ['none'],
  'sync quarantine': [],
  'sync settle': ['none'],
  'sync compare': [],
  'sync repair': [],
  'sync pause': [],
  'sync sign-in': ['--password-stdin'],
  'sync sign-in-by-university': [],
  'sync password': ['--password-stdin'],
  'sync sign-out': [],
  'sync leave': [],
  serve: [],
  'serve init': [],
  'serve migrate': [],
  'serve backup': [],
  'serve backups': [],
  'serve restore': ['20260101T030000Z-1a2b3c', '--confirm', '20260101T030000Z-1a2b3c'],
  'serve status': [],
  'serve verify': [],
};
/** These work without a workspace. */
const isApart = (name: string): boolean =>
  /^(?:serve|connection)\b/.test(name) || ['completion', 'man'].includes(name);
/** Ids of what the calls made, by the words that stand for them. */
const made: Record<string, string> = {
  ID: '20260101T000000000Z',
  FORECAST: 'fc_none',
  DOCUMENT: 'doc_none',
  JOB: 'job_none',
  TASK: 'task_none',
  MAP: 'map_none',
  AUTHOR: 'author_none',
  QUESTION: 'view_none',
  CONVERSATION: 'conversation_none',
};
const call = (name: string, ...more: readonly string[]): string[] => [
  ...name.split(' '),
  ...(calls[name] ?? atServer[name] ?? (name === 'seed' ? ['--size', 'small'] : [])).map(
    (word) => made[word] ?? word,
  ),
  ...more,
];

describe('the commands', () => {
  test('have unique names, and are called in this test', () => {
    const names = all.map(([name]) => name);
    expect(new Set(names).size).toBe(names.length);
    expect([...Object.keys(calls), ...Object.keys(atServer), ...elsewhere].toSorted()).toEqual(
      names.toSorted(),
    );
  });

  test('use an option name either always or never with a value, so that a line can be parsed before its command is known', () => {
    const kinds = new Map<string, boolean>();
    for (const [, { options }] of all) {
      for (const [name, { kind }] of Object.entries({ ...globalOptions, ...options })) {
        const valued = kind !== 'flag';
        expect(`${name} ${kinds.get(name) ?? valued}`).toBe(`${name} ${valued}`);
        kinds.set(name, valued);
      }
    }
  });

  test('have required arguments before optional ones', () => {
    for (const [, { parameters }] of all) {
      const required = Object.values(parameters).map((parameter) => parameter.required);
      expect(required.toSorted((a, b) => Number(b) - Number(a))).toEqual(required);
    }
  });

  test('are all in the help of the program', () => {
    const help = groupHelp([], commands, '1.2.3');
    for (const [name] of all) expect(help).toContain(`  ${name}  `);
    expect(help).toContain('1.2.3');
  });

  test('name an actor, but those that look at the file or change its form', () => {
    const anonymous = all.filter(([, { options }]) => !('actor' in options)).map(([name]) => name);
    const migrations = ['migrate status', 'migrate up', 'migrate down'];
    const apart = all.map(([name]) => name).filter((name) => isApart(name));
    expect(new Set(anonymous)).toEqual(
      new Set(['verify', 'health', 'stats', 'support-copy', ...migrations, ...apart]),
    );
  });

  test('take --sandbox, but those about files, backups, golden versions and sandboxes themselves', () => {
    const about = [
      'init',
      'backup',
      'golden',
      'sandbox',
      'migrate',
      'sync',
      'serve',
      'connection',
      'hooks',
      'completion',
      'man',
      'people',
      'mcp',
    ];
    const files = [
      'purge',
      'clean-up',
      'ranking',
      'index',
      'models',
      'jobs',
      'events',
      'vacuum',
      'salvage',
      'accept',
      'support-copy',
    ];
    const without = commands
      .filter(({ options }) => !('sandbox' in options))
      .map(({ path: [first = ''] }) => first);
    expect(new Set(without)).toEqual(new Set([...about, ...files]));
  });

  test('that change records can be tried out', () => {
    const tried = withOption('dry-run').map(([name]) => name);
    const groups = ['entities', 'profiles', 'checkpoints'];
    const reads = ['list', 'get'];
    const changing = all.filter(
      ([
        ,
        {
          path: [group, verb],
        },
      ]) => groups.includes(group ?? '') && !reads.includes(verb ?? ''),
    );
    expect(tried).toEqual(expect.arrayContaining(changing.map(([name]) => name)));
    expect(tried).toEqual(
      expect.arrayContaining(['undo', 'redo', 'import', 'sandbox promote', 'backup prune']),
    );
  });
});

describe.each(all)('frames %s', (name, command) => {
  test('has help that names every argument and option within the width', async () => {
    const { code, stdout, stderr } = await frames(...name.split(' '), '--help');
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: commandHelp(command, commands), stderr: '' });
    for (const { placeholder } of Object.values(command.parameters))
      expect(stdout).toContain(`  ${placeholder}`);
    for (const option of Object.keys({ ...globalOptions, ...command.options }))
      expect(stdout).toContain(`--${option}`);
    const wrapped = stdout.split('\n').filter((line) => !line.startsWith('  frames '));
    expect(Math.max(...wrapped.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  test('refuses an unknown option, a bad value and one argument too many as wrong usage', async () => {
    const lists = Object.values(command.parameters).some(({ kind }) => kind === 'list');
    const lines = [
      call(name, '--loud', ...w),
      ...(isApart(name) ? [] : [call(name)]),
      ...(lists ? [] : [call(name, 'one', 'two', 'three', ...w)]),
      ...Object.entries(command.options)
        .filter(([, { choices }]) => choices.length > 0)
        .map(([option]) => [...call(name, ...w), `--${option}=nonsense`]),
    ];
    for (const line of lines) {
      const { code, stdout, error } = await refused(...line);
      expect({ code, stdout, is: error.code }).toEqual({ code: 2, stdout: '', is: 'USAGE' });
    }
  });

  test('refuses a folder without a workspace, and creates none', async () => {
    if (['init', 'seed', 'import', 'sync join'].includes(name) || isApart(name)) return;
    const { code } = await frames(...call(name, '--json'), '--workspace', 'nowhere');
    expect(code).toBe(1);
    expect(existsSync(at('nowhere'))).toBe(false);
  });
});

describe('in a workspace', () => {
  beforeAll(async () => {
    await seed();
    writeFileSync(at('teams.csv'), 'Name\nOptics\n');
    writeFileSync(at('notes.md'), 'The valve sticks.');
    const repository = new TestRepository(at('code'));
    repository.write('a.c', '1\n');
    repository.commit(ann, 'one');
    await json('entities create', 'repository', 'repo_1', '--data', '{"name":"Code"}', ...w);
    await json('entities create', 'student', 'stud_code', '--data', '{"name":"Ann Arden"}', ...w);
    made['DEAD'] = (await json<{ id: string }>('jobs add', 'import', '--file', 'notes.md', ...w)).id;
    await refused('jobs run', ...w);
    await json('sandbox create', 'Gone', ...w);
    await json('sandbox discard', 'Gone', '--yes', ...w);
  });

  let untouched: string | undefined;
  test.each(withOption('sandbox').map(([name]) => name))(
    '%s names a sandbox that is not there or lies in the trash',
    async (name) => {
      untouched ??= hashTables(at('w/frames.sqlite'));
      const more = name === 'backup restore' ? ['--record', 'x'] : [];
      for (const sandbox of ['nothing', 'gone']) {
        const { code, error } = await refused(...call(name, ...more, ...w, '--sandbox', sandbox));
        expect([code, error.code, error.details]).toMatchObject([1, 'NOT_FOUND', { type: 'sandbox' }]);
      }
    },
  );

  test('nothing was done for a missing sandbox', () => {
    expect(hashTables(at('w/frames.sqlite'))).toBe(untouched);
  });

  test.each(Object.keys(calls))('%s succeeds, and its JSON is what the contract says', async (name) => {
    const command = commands.find((one) => nameOf(one) === name);
    const contents = () => (command?.writes ? hashTables(at('w/frames.sqlite')) : null);
    const before = contents();
    const tried = command?.writes ? await json(...call(name, '--dry-run', ...w)) : { dry: true };
    expect(tried).toMatchObject({ dry: true });
    expect(contents()).toBe(before);
    const result = await json(...call(name, ...w));
    if (name === 'backup create') made['ID'] = (result as { id: string }).id;
    if (name === 'forecasts save') made['FORECAST'] = (result as { id: string }).id;
    if (name === 'documents attach') made['DOCUMENT'] = (result as { record: { id: string } }).record.id;
    if (name === 'ask') made['CONVERSATION'] = (result as { conversation: string }).conversation;
    if (name === 'questions approve') made['QUESTION'] = (result as { question: { id: string } }).question.id;
    if (name === 'repairs plan') made['TASK'] = (result as { tasks: { id: string }[] }).tasks[0]?.id ?? '';
    if (name === 'map show') {
      const { map } = result as { map: { sha256: string; authors: { key: string }[] } };
      [made['MAP'], made['AUTHOR']] = [map.sha256, map.authors[0]?.key ?? ''];
    }
    if (name === 'jobs add') made['JOB'] = (result as { id: string }).id;
    const schema = command?.operation && resultSchemaOf(command.operation);
    expect(schema?.safeParse(result).error).toBeUndefined();
  });

  test.each(withOption('actor').map(([name]) => name))(
    '%s refuses an actor who is not there',
    async (name) => {
      if (['salvage', 'backup place', 'sync join'].includes(name)) return;
      const { code, error } = await refused(...call(name, ...w, '--actor', 'Nobody'));
      expect([code, error.code]).toEqual([1, 'UNKNOWN_ACTOR']);
    },
  );
});
