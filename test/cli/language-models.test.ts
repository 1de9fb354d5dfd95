import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { modelServer } from '#test/support/language-models.ts';
import { inFolder, runHere } from './frames.ts';

const { at, folder, frames, json, refused } = inFolder();
const w = ['--workspace', 'w'] as const;

describe('frames models', () => {
  test('adds a model with its key from standard input, tests it, and sets the disclosure level', async () => {
    const server = await modelServer(() => 'OK');
    await json('init', ...w);
    const config = { FRAMES_CONFIG: at('config') };
    const add = (name: string, from: string, more: Record<string, string> = {}, piped?: string) =>
      runHere(
        folder,
        ['models', 'add', name, '--url', server.url, '--model', 'scripted', '--key', from, ...w],
        { ...config, ...more },
        piped === undefined ? undefined : () => Promise.resolve(Buffer.from(piped)),
      );
    expect(await add('Piped', 'stdin', {}, 'sk-piped\n')).toMatchObject({ code: 0, stderr: '' });
    expect(await add('Set', 'env', { FRAMES_MODEL_KEY: 'sk-set' })).toMatchObject({ code: 0 });
    expect(await add('None', 'env')).toMatchObject({ code: 2 });
    const secrets = join(config.FRAMES_CONFIG, 'secrets.json');
    expect(readFileSync(secrets, 'utf8')).toContain('sk-piped');
    expect(statSync(secrets).mode & 0o777).toBe(0o600);

    expect(await json('models test', 'piped', ...w)).toMatchObject({});
    expect(server.requests.map(({ authorization }) => authorization)).toEqual(['Bearer sk-piped']);
    await json('models choose', 'Set', ...w);
    await json('models level', 'names', ...w);
    const { stdout } = await frames('models list', ...w);
    expect(stdout).toMatch(/^Piped .* yes +yes +closed$/m);
    expect(stdout).toContain('Level: names');
    expect(stdout).not.toContain('sk-');
    await json('models choose', ...w);
    await json('models remove', 'Piped', '--yes', ...w);
    expect(readFileSync(secrets, 'utf8')).not.toContain('sk-piped');
  });

  test('reports an unknown model, and why a model gives no answer', async () => {
    await json('models add', 'Closed', '--url', 'http://127.0.0.1:9/v1', '--model', 'm', ...w);
    expect(await refused('models test', 'Other', ...w)).toMatchObject({
      code: 1,
      error: { code: 'NOT_FOUND', details: { id: 'Other' } },
    });
    expect(await refused('models test', 'Closed', ...w)).toMatchObject({
      code: 1,
      error: { code: 'MODEL', details: { reason: 'unreachable', name: 'Closed' } },
    });
  });
});
