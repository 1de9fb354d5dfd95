import type { FastifyInstance } from 'fastify';
import type { Pool, PoolClient } from 'pg';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import { z } from 'zod';
import { longest } from '#shared/domain/limits.ts';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, Present, RecordHint, ServerEvents } from '#shared/sync/realtime.ts';
import { readBearer, callerBy } from '../auth/sessions.ts';
import type { Caller, Services } from '../context.ts';
import type { Hint } from '../hints.ts';
import { Presence } from './presence.ts';
import type { Announcement } from './presence.ts';
import { common, everything, ofUniversity, roomsFor } from './rooms.ts';

interface SocketData {
  caller: Caller;
  record: Present['record'];
}

/** What nodes tell each other. */
interface NodeEvents {
  hints: (hints: Hint[]) => void;
  present: (announcement: Announcement) => void;
}

type Io = Server<ClientEvents, ServerEvents, NodeEvents, SocketData>;
type Connected = Socket<ClientEvents, ServerEvents, NodeEvents, SocketData>;

/** Of a larger commit other nodes hear where the history is, and nothing else. */
const mostHints = 50;

const opened = z.object({ type: z.string().max(longest.id), id: z.string().max(longest.id) }).nullable();

/** Tells connected clients of what is committed on any node, and who has which record open. */
export function mountRealtime(app: FastifyInstance, services: Omit<Services, 'log'>): void {
  const { database, hints } = services;
  const listening = listeningPool(database.pool);
  const io: Io = new Server(app.server, {
    path: realtimePath,
    // A client that cannot have a WebSocket asks by itself every now and then: no long polling, which would want sticky sessions.
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 10_000,
  });
  io.adapter(
    createAdapter(listening.pool, {
      errorHandler: (error) => app.log.warn({ err: error }, 'realtime between nodes'),
    }),
  );
  io.use((socket, next) => {
    void letIn(services, socket, next);
  });
  const presence = new Presence({
    local: () => connectedTo(io),
    announce: (announcement) => io.serverSideEmit('present', announcement),
    tell: (people) => io.local.emit('presence', people),
  });
  io.on('present', (announcement) => presence.hear(announcement));
  io.on('connection', (socket) => welcome(presence, socket));
  // One notification for a whole commit: Postgres sends them one after the other, over all transactions.
  io.on('hints', (told) => tell(io, told));
  const unfollow = hints.follow((told) => {
    tell(io, told);
    io.serverSideEmit(
      'hints',
      told.length > mostHints ? told.slice(-1).map((one) => ({ ...one, changes: [] })) : [...told],
    );
  });
  app.addHook('preClose', async () => {
    unfollow();
    presence.close();
    io.disconnectSockets(true);
    // It waits for every connection; all requests are answered by now.
    app.server.closeAllConnections();
    await io.close();
    listening.close();
  });
}

/**
 * The adapter forgets a connection that was lost, or that it was just getting when it was closed: it is given back all the same, so that the pool is not used
 * up and comes to its end.
 */
function listeningPool(pool: Pool): { pool: Pool; close: () => void } {
  const held = new Set<PoolClient>();
  let isClosed = false;
  const giveBack = (client: PoolClient, isLost: boolean): void => {
    if (held.delete(client)) client.release(isLost);
  };
  const connect = async (): Promise<PoolClient> => {
    // Nobody waits for it any more, and a refusal would be tried again for ever.
    const never = new Promise<PoolClient>(() => {});
    if (isClosed) return never;
    const client = await pool.connect();
    held.add(client);
    if (isClosed) {
      giveBack(client, false);
      return never;
    }
    const release = client.release.bind(client);
    client.release = (error) => {
      held.delete(client);
      release(error);
    };
    client.once('end', () => giveBack(client, true));
    return client;
  };
  const close = (): void => {
    isClosed = true;
    for (const client of held) giveBack(client, false);
  };
  return { pool: { connect, query: pool.query.bind(pool) } as unknown as Pool, close };
}

async function letIn(
  services: Omit<Services, 'log'>,
  socket: Connected,
  next: (refused?: Error) => void,
): Promise<void> {
  let refused: Error | undefined;
  try {
    refused = await admit(services, socket);
  } catch {
    refused = new Error('UNAVAILABLE');
  }
  next(refused);
}

/** Lets in who shows an access token; the connection ends with it, and the client comes again with the next. */
async function admit(services: Omit<Services, 'log'>, socket: Connected): Promise<Error | undefined> {
  const { token } = socket.handshake.auth as { token?: unknown };
  const bearer = typeof token === 'string' ? await readBearer(`Bearer ${token}`, services) : null;
  const caller = await callerBy(bearer, services);
  if (!caller) return new Error('UNAUTHORIZED');
  socket.data.caller = caller;
  socket.data.record = null;
  const { sees, university_id } = caller;
  const rooms =
    sees === 'all' ? [everything] : university_id === null ? [common] : [common, ofUniversity(university_id)];
  await socket.join(rooms);
  const over = setTimeout(() => socket.disconnect(true), services.config.accessSeconds * 1000);
  socket.once('disconnect', () => clearTimeout(over));
  return undefined;
}

function welcome(presence: Presence, socket: Connected): void {
  presence.changed();
  socket.on('open', (record) => {
    const given = opened.safeParse(record);
    if (!given.success) return;
    socket.data.record = given.data;
    presence.changed();
  });
  socket.once('disconnect', () => presence.changed());
}

/** Those who are connected to this node. A client that may not see a record does not know what the id is of. */
const connectedTo = (io: Io): Present[] =>
  [...io.sockets.sockets.values()].map(({ data: { caller, record } }) => {
    return { user: caller.id, name: caller.name, record };
  });

const names = {
  created: ['entity:created', 'user:created'],
  updated: ['entity:updated', 'user:updated'],
  deleted: ['entity:deleted', 'user:updated'],
} as const;

/** Tells those who are connected to this node. */
function tell(io: Io, hints: readonly Hint[]): void {
  for (const { seq, op_id, stamp, actor, changes } of hints)
    for (const { event, type, id, universities } of changes) {
      const hint: RecordHint = { type, id, op_id, causal_ts: stamp, actor, seq };
      const [ofEntity, ofUser] = names[event];
      if (type === 'profile') io.local.emit(ofUser, hint);
      else io.local.to(roomsFor(universities)).emit(ofEntity, hint);
    }
  const seq = hints.at(-1)?.seq;
  if (seq !== undefined) io.local.emit('head', { seq });
}
