import { expect, test } from 'vitest';
import { configFromEnvironment } from '#server/config.ts';
import { populate } from './support/people.ts';
import { serverOfFile } from './support/server.ts';

test('every user gets the configuration of Goose for their workspace', async () => {
  const server = await serverOfFile();
  const { viewer } = await populate(server);
  const { body } = await viewer.api.get<{ config: string; extensions: { frames: object } }>(
    `ai/goose?workspace=${encodeURIComponent('C:\\Data\\"W"')}`,
  );
  expect(body.extensions.frames).toMatchObject({
    type: 'stdio',
    cmd: 'frames',
    args: ['mcp', '--workspace', 'C:\\Data\\"W"'],
  });
  expect(body.config).toContain('args: ["mcp","--workspace","C:\\\\Data\\\\\\"W\\""]');
});

test('every user gets the language models that the administrator recommends', async () => {
  const models = [{ name: 'Campus', url: 'https://models.example.edu/v1', model: 'large' }];
  const { config } = configFromEnvironment({
    DATABASE_URL: 'postgres://f@localhost/f',
    FRAMES_SECRET: 's'.repeat(32),
    FRAMES_MODELS: JSON.stringify(models),
  });
  const server = await serverOfFile({ models: config.models });
  const { viewer } = await populate(server);
  expect((await viewer.api.get('ai/models')).body).toEqual({ models });
});
