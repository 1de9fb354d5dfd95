import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { Realtime } from '#core/sync/realtime.ts';
import { createHttpClient } from '#http/client.ts';
import { testFolder } from '#test/support/folder.ts';

test('without an agent of the client, as with an unreadable CA file, no channel is opened', async () => {
  const { promise: first, resolve } = Promise.withResolvers<Socket>();
  const server = createServer(resolve).listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  const client = createHttpClient({ environment: { FRAMES_CA_FILE: join(testFolder(), 'missing.pem') } });
  const { promise: tried, resolve: setTried } = Promise.withResolvers<void>();
  const realtime = new Realtime({
    http: {
      ...client,
      connect: (url) => {
        const connection = client.connect(url);
        void connection.catch(() => undefined).then(() => setTried());
        return connection;
      },
    },
    url: `https://127.0.0.1:${port}`,
    token: () => Promise.resolve('token'),
    onHint: () => {},
    onPresence: () => {},
  });
  onTestFinished(() => realtime.close());
  await tried;
  for (let turn = 0; turn < 10; turn++) await nextTurn();
  // Connections are accepted in order, so one of the channel would be the first.
  const own = connect(port, '127.0.0.1');
  const [accepted] = await Promise.all([first, once(own, 'connect')]);
  expect(accepted.remotePort).toBe((own.address() as AddressInfo).port);
  accepted.destroy();
  own.destroy();
});
