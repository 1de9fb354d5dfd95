import { beforeAll, expect, test } from 'vitest';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import { createOutput } from '#cli/output/output.ts';
import { Targets } from '#cli/mcp/targets.ts';
import type { SandboxWriter } from '#cli/mcp/targets.ts';
import { PassThrough } from 'node:stream';
import { hashTables } from '#test/support/table-hash.ts';
import { inFolder } from './frames.ts';

const { at, folder, json, seed } = inFolder();
const stdout = new PassThrough();
const { signal } = new AbortController();
const agent = { name: 'Tester', signal };
const targets = new Targets(
  {
    output: createOutput(true, stdout, stdout),
    stdout,
    signal,
    environment: {},
    workingFolder: folder,
    requestId: 'request-1',
    version: '0.0.0',
  },
  { workspace: at('w') },
);
const created = { type: 'team', data: { name: 'Never' } } as const;

beforeAll(async () => {
  await seed();
  await json('sandbox', 'create', 'Try', '--workspace', 'w');
});

test('read access cannot write, whatever the type, and live is never opened for writing', async () => {
  const before = hashTables(workspaceFiles(at('w')).live);
  const around = (caller: unknown) => (caller as SandboxWriter).call('entities.create', created);
  await expect(targets.readTarget(agent, undefined, around)).rejects.toThrow('may not call entities.create');
  await expect(targets.readTarget(agent, 'Try', around)).rejects.toThrow('may not call entities.create');
  await expect(targets.manageSandboxes(agent, around)).rejects.toThrow('may not call entities.create');
  for (const name of ['live', 'LIVE', '.', '..', 'frames.sqlite', workspaceFiles(at('w')).live])
    await expect(targets.writeSandbox(agent, name, around), name).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
  expect(hashTables(workspaceFiles(at('w')).live)).toBe(before);
  const { record } = await targets.writeSandbox(agent, 'Try', (writer) =>
    writer.call('entities.create', created),
  );
  expect(record.payload['name']).toBe('Never');
});

test('a call that was cancelled before its turn opens nothing', async () => {
  const cancelled = { name: 'Tester', signal: AbortSignal.abort() };
  await expect(targets.readTarget(cancelled, undefined, () => Promise.resolve(1))).rejects.toThrow('aborted');
});
