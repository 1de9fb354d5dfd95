import { expect, test } from 'vitest';
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
