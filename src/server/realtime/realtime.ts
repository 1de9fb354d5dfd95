import type { FastifyInstance } from 'fastify';
import type { Pool, PoolClient } from 'pg';
import { Server } from 'socket.io';
import type { Socket } from 'socket.io';
import { createAdapter } from '@socket.io/postgres-adapter';
import { z } from 'zod';
import { maxLengths } from '#shared/domain/limits.ts';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, PresentUser, RecordHint, ServerEvents } from '#shared/sync/realtime.ts';
import { readBearer, findCaller } from '../auth/sessions.ts';
import type { Caller, Services } from '../context.ts';
import type { Hint } from '../hints.ts';
import type { Database } from '../db/database.ts';
import { Presence } from './presence.ts';
import type { Announcement, ConnectedUser } from './presence.ts';

/** Users who see everything join this room. Others get changes of their university and changes of no university. */
const fullAccessRoom = 'global';
const sharedRoom = 'common';
const userRoom = (id: string): string => `person:${id}`;
const universityRoom = (id: string): string => `university:${id}`;

const roomsFor = (universities: readonly string[]): string[] =>
  universities.length === 0
    ? [fullAccessRoom, sharedRoom]
    : [fullAccessRoom, ...universities.map(universityRoom)];

interface SocketData {
  caller: Caller;
  record: PresentUser['record'];
}

interface NodeEvents {
  hints: (hints: Hint[]) => void;
  present: (announcement: Announcement) => void;
}

type Io = Server<ClientEvents, ServerEvents, NodeEvents, SocketData>;
type ClientSocket = Socket<ClientEvents, ServerEvents, NodeEvents, SocketData>;

/** For larger commits, other nodes only get the new head. */
const maxHints = 50;

const openRecordSchema = z
  .object({ type: z.string().max(maxLengths.id), id: z.string().max(maxLengths.id) })
  .nullable();

/** Sends hints of commits on any node, and presence, to connected clients. Returns a function that counts the clients of this node. */
export function mountRealtime(app: FastifyInstance, services: Omit<Services, 'log'>): () => number {
  const { database, hints } = services;
  const adapterPool = listeningPool(database.pool);
  const io: Io = new Server(app.server, {
    path: realtimePath,
    // Clients without WebSocket poll the API. Long polling would need sticky sessions.
    transports: ['websocket'],
    serveClient: false,
    maxHttpBufferSize: 10_000,
  });
  io.adapter(
    createAdapter(adapterPool.pool, {
      errorHandler: (error) => app.log.warn({ err: error }, 'realtime between nodes'),
    }),
  );
  io.use((socket, next) => {
    void authenticate(services, socket, next);
  });
  const presence = new Presence({
    readLocalUsers: () => listConnectedUsers(io, database),
    announce: (announcement) => io.serverSideEmit('present', announcement),
    send: (people) => {
      for (const socket of io.sockets.sockets.values()) sendPresence(socket, people);
    },
  });
  io.on('present', (announcement) => presence.receive(announcement));
  io.on('connection', (socket) => trackOpenRecord(presence, socket));
  // One notification per commit, because Postgres serialises notifications across all transactions.
  io.on('hints', (newHints) => sendHints(io, newHints));
  const unsubscribe = hints.subscribe((newHints) => {
    sendHints(io, newHints);
    io.serverSideEmit(
      'hints',
      newHints.length > maxHints
        ? newHints.slice(-1).map((hint) => ({ ...hint, changes: [] }))
        : [...newHints],
    );
  });
  // Clients reconnect by themselves and get their new permissions.
  const unsubscribeUsers = hints.subscribeToUsers((user) => io.in(userRoom(user)).disconnectSockets(true));
  app.addHook('preClose', async () => {
    unsubscribe();
    unsubscribeUsers();
    presence.close();
    io.disconnectSockets(true);
    // The adapter waits for every connection; all requests have been answered.
    app.server.closeAllConnections();
    await io.close();
    adapterPool.close();
  });
  return () => io.sockets.sockets.size;
}

/** Returns a pool that releases connections which the adapter leaks, lost or opened at close. Otherwise, `pool` would never end. */
function listeningPool(pool: Pool): { pool: Pool; close: () => void } {
  const clients = new Set<PoolClient>();
  let isClosed = false;
  const releaseClient = (client: PoolClient, isLost: boolean): void => {
    if (clients.delete(client)) client.release(isLost);
  };
  const connect = async (): Promise<PoolClient> => {
    // Never settles: nobody waits for it, and a rejection would be retried forever.
    const never = new Promise<PoolClient>(() => {});
    if (isClosed) return never;
    const client = await pool.connect();
    clients.add(client);
    if (isClosed) {
      releaseClient(client, false);
      return never;
    }
    const release = client.release.bind(client);
    client.release = (error) => {
      clients.delete(client);
      release(error);
    };
    client.once('end', () => releaseClient(client, true));
    return client;
  };
  const close = (): void => {
    isClosed = true;
    for (const client of clients) releaseClient(client, false);
  };
  return { pool: { connect, query: pool.query.bind(pool) } as unknown as Pool, close };
}

async function authenticate(
  services: Omit<Services, 'log'>,
  socket: ClientSocket,
  next: (refusal?: Error) => void,
): Promise<void> {
  let refusal: Error | undefined;
  try {
    refusal = await admit(services, socket);
  } catch {
    refusal = new Error('UNAVAILABLE');
  }
  next(refusal);
}

/** Authenticates by access token. The connection ends after the lifetime of a token, and the client reconnects with its next token. */
async function admit(services: Omit<Services, 'log'>, socket: ClientSocket): Promise<Error | undefined> {
  const { token } = socket.handshake.auth as { token?: unknown };
  const bearer = typeof token === 'string' ? await readBearer(`Bearer ${token}`, services) : null;
  const caller = await findCaller(bearer, services);
  if (!caller) return new Error('UNAUTHORIZED');
  socket.data.caller = caller;
  socket.data.record = null;
  const { id, sees, university_id } = caller;
  const ownRooms = university_id === null ? [] : [universityRoom(university_id)];
  const rooms = sees === 'all' ? [fullAccessRoom] : [sharedRoom, ...ownRooms];
  await socket.join([userRoom(id), ...rooms]);
  const expiryTimer = setTimeout(() => socket.disconnect(true), services.config.accessSeconds * 1000);
  socket.once('disconnect', () => clearTimeout(expiryTimer));
  return undefined;
}

function trackOpenRecord(presence: Presence, socket: ClientSocket): void {
  presence.markChanged();
  socket.on('open', (record) => {
    const openRecord = openRecordSchema.safeParse(record);
    if (!openRecord.success) return;
    socket.data.record = openRecord.data;
    presence.markChanged();
  });
  socket.once('disconnect', () => presence.markChanged());
}

/** Type and universities of open records. Records visible to everybody have no universities. */
const openRecordsQuery = `SELECT id, type, CASE WHEN type IN ('profile', 'university', 'view') THEN '{}' ELSE universities END AS universities
  FROM record_ids WHERE id = ANY ($1::text[])`;

/** Lists users connected to this node. Records that are unknown or cannot be read count as closed. */
async function listConnectedUsers(io: Io, database: Database): Promise<ConnectedUser[]> {
  const connections = [...io.sockets.sockets.values()].map(({ data }) => data);
  const ids = connections.flatMap(({ record }) => (record ? [record.id] : []));
  const rows = await database
    .all<{ id: string; type: string; universities: string[] }>(openRecordsQuery, [ids])
    .catch(() => []);
  const recordsById = new Map(rows.map((row) => [row.id, row]));
  return connections.map(({ caller, record }) => {
    const openRecord = record ? recordsById.get(record.id) : undefined;
    return {
      user: caller.id,
      name: caller.name,
      record: openRecord ? { type: openRecord.type, id: openRecord.id } : null,
      rooms: openRecord ? roomsFor(openRecord.universities) : [],
    };
  });
}

/** Sends presence to one client. Open records are included only if that client may see them. */
function sendPresence(socket: ClientSocket, people: readonly ConnectedUser[]): void {
  socket.emit(
    'presence',
    people.map(({ user, name, record, rooms }) => {
      return { user, name, record: rooms.some((room) => socket.rooms.has(room)) ? record : null };
    }),
  );
}

const eventNames = {
  created: ['entity:created', 'user:created'],
  updated: ['entity:updated', 'user:updated'],
  deleted: ['entity:deleted', 'user:updated'],
} as const;

function sendHints(io: Io, hints: readonly Hint[]): void {
  for (const { seq, op_id, stamp, actor, changes } of hints)
    for (const { event, type, id, universities } of changes) {
      const hint: RecordHint = { type, id, op_id, causal_ts: stamp, actor, seq };
      const [entityEvent, userEvent] = eventNames[event];
      if (type === 'profile') io.local.emit(userEvent, hint);
      else io.local.to(roomsFor(universities)).emit(entityEvent, hint);
    }
  const last = hints.at(-1);
  if (!last) return;
  io.local.emit('head', { seq: last.seq });
  io.local.emit('events', { cursor: last.cursor });
}
