import { expect, onTestFinished, test } from 'vitest';
import { bootstrap, serverOfFile } from '../../support/server.ts';
import { startFaultyNetwork } from './proxy.ts';
import { workspacesOf } from './workspace.ts';

const server = await serverOfFile();
const admin = await bootstrap(server);
const { joined } = workspacesOf(server, server.api.as(admin));

test('another process sees why and when the last sync failed, until one succeeds', async () => {
  let isAway = false;
  const network = await startFaultyNetwork(server.api.url, () => (isAway ? 'lost' : 'arrives'));
  onTestFinished(() => network.stop());
  const ada = await joined('admin', 'all', network.url);
  isAway = true;
  expect(await ada.sync()).toBeNull();
  const beside = await ada.openBeside();
  onTestFinished(() => beside.close());
  const other = beside.client(beside.session());
  const failed = await other.sync.status({});
  expect(failed).toMatchObject({
    state: 'offline',
    problem: 'unreachable',
    in_step: false,
    last_failure: expect.any(String) as string,
  });
  expect(failed.network).toMatchObject({ reason: 'connection_reset' });
  isAway = false;
  for (const status of [await ada.sync(), await other.sync.status({})]) {
    expect(status).toMatchObject({ state: 'idle' });
    expect(status).not.toHaveProperty('network');
    expect(status).not.toHaveProperty('last_failure');
  }
});
