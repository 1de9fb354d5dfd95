import { io } from 'socket.io-client';
import type { Socket } from 'socket.io-client';
import { onTestFinished } from 'vitest';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, ServerEvents } from '#shared/sync/realtime.ts';

export type Line = Socket<ServerEvents, ClientEvents>;

/** Connects with an access token until the end of the test. Throws what the server refuses with. */
export async function connect(url: string, token: string | undefined): Promise<Line> {
  const socket: Line = io(url, {
    path: realtimePath,
    transports: ['websocket'],
    auth: { token },
    reconnection: false,
  });
  onTestFinished(() => void socket.disconnect());
  await new Promise<void>((resolve, reject) => {
    socket.once('connect', resolve);
    socket.once('connect_error', reject);
  });
  return socket;
}
