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
import type { Database } from '../db/database.ts';
import { Presence } from './presence.ts';
import type { Announcement, Connected } from './presence.ts';
import { common, everything, ofPerson, ofUniversity, roomsFor } from './rooms.ts';

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
type Line = Socket<ClientEvents, ServerEvents, NodeEvents, SocketData>;

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
    local: () => connectedTo(io, database),
    announce: (announcement) => io.serverSideEmit('present', announcement),
    tell: (people) => {
      for (const socket of io.sockets.sockets.values()) tellWhoIsHere(socket, people);
    },
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
  // They come again by themselves, and get what they may see now, if they may.
  const unfollowUsers = hints.followUsers((user) => io.in(ofPerson(user)).disconnectSockets(true));
  app.addHook('preClose', async () => {
    unfollow();
    unfollowUsers();
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
  socket: Line,
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
async function admit(services: Omit<Services, 'log'>, socket: Line): Promise<Error | undefined> {
  const { token } = socket.handshake.auth as { token?: unknown };
  const bearer = typeof token === 'string' ? await readBearer(`Bearer ${token}`, services) : null;
  const caller = await callerBy(bearer, services);
  if (!caller) return new Error('UNAUTHORIZED');
  socket.data.caller = caller;
  socket.data.record = null;
  const { id, sees, university_id } = caller;
  const rooms =
    sees === 'all' ? [everything] : university_id === null ? [common] : [common, ofUniversity(university_id)];
  await socket.join([ofPerson(id), ...rooms]);
  const over = setTimeout(() => socket.disconnect(true), services.config.accessSeconds * 1000);
  socket.once('disconnect', () => clearTimeout(over));
  return undefined;
}

function welcome(presence: Presence, socket: Line): void {
  presence.changed();
  socket.on('open', (record) => {
    const given = opened.safeParse(record);
    if (!given.success) return;
    socket.data.record = given.data;
    presence.changed();
  });
  socket.once('disconnect', () => presence.changed());
}

/** What an open record is, and whom it belongs to; what everybody may see belongs to nobody. */
const openRecords = `SELECT id, type, CASE WHEN type IN ('profile', 'university', 'view') THEN '{}' ELSE universities END AS universities
  FROM record_ids WHERE id = ANY ($1::text[])`;

/** Those who are connected to this node. What the server does not know, or cannot look up just now, counts as nothing that is open. */
async function connectedTo(io: Io, database: Database): Promise<Connected[]> {
  const people = [...io.sockets.sockets.values()].map(({ data }) => data);
  const ids = people.flatMap(({ record }) => (record ? [record.id] : []));
  const found = await database
    .all<{ id: string; type: string; universities: string[] }>(openRecords, [ids])
    .catch(() => []);
  const known = new Map(found.map((one) => [one.id, one]));
  return people.map(({ caller, record }) => {
    const there = record ? known.get(record.id) : undefined;
    return {
      user: caller.id,
      name: caller.name,
      record: there ? { type: there.type, id: there.id } : null,
      rooms: there ? roomsFor(there.universities) : [],
    };
  });
}

/** Tells one client who is there; what they have open only where that client may see it. */
function tellWhoIsHere(socket: Line, people: readonly Connected[]): void {
  socket.emit(
    'presence',
    people.map(({ user, name, record, rooms }) => {
      return { user, name, record: rooms.some((room) => socket.rooms.has(room)) ? record : null };
    }),
  );
}

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
