import { beforeAll, expect, test } from 'vitest';
import { assistantPrograms } from '#shared/agents/configuration.ts';
import { inFolder } from './frames.ts';

const { at, frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;
interface Printed {
  file: string;
  configuration: string;
}

beforeAll(async () => {
  await seed();
  await json('profiles', 'create', 'Ada', '--role', 'researcher', ...w);
});

test('prints the configuration for each assistant, with the absolute path of the workspace', async () => {
  for (const assistant of assistantPrograms) {
    const { configuration, file } = await json<Printed>('mcp', ...w, '--config', assistant, '--actor', 'Ada');
    expect(configuration).toContain(JSON.stringify(at('w')));
    expect(file).not.toBe('');
    const { stdout } = await frames('mcp', ...w, '--config', assistant, '--actor', 'Ada');
    expect(stdout).toBe(`${configuration}\n`);
  }
  const { configuration } = await json<Printed>('mcp', ...w, '--config', 'vscode', '--http');
  expect(JSON.parse(configuration)).toEqual({
    servers: {
      frames: { type: 'http', url: 'http://127.0.0.1:4187/mcp', headers: { Authorization: 'Bearer TOKEN' } },
    },
  });
});

test('refuses a wrong folder, an unknown profile and a port without HTTP', async () => {
  expect((await refused('mcp', '--workspace', 'nowhere')).error.code).toBe('WORKSPACE');
  expect((await refused('mcp', ...w, '--actor', 'Nobody')).error.code).toBe('UNKNOWN_ACTOR');
  expect((await refused('mcp', ...w, '--port', '80')).error.code).toBe('USAGE');
});
