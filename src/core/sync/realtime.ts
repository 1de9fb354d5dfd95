import type { Agent } from 'node:http';
import type { ManagerOptions, Socket } from 'socket.io-client';
import type { HttpClient } from '#http/client.ts';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, PresentUser, ServerEvents } from '#shared/sync/realtime.ts';

export interface RealtimeOptions {
  http: HttpClient;
  url: string;
  token: () => Promise<string>;
  /** Receives the newest number of the history; null after a reconnection, when changes can have been missed. */
  onHint: (seq: number | null) => void;
  onPresence: (people: readonly PresentUser[]) => void;
}

/** The type of the option names no agent, but in Node the library passes it on to the package `ws`. */
const agentOption = (agent: Agent): Pick<ManagerOptions, 'agent'> => ({ agent: agent as unknown as boolean });

const retryMs = 30_000;

/** The server's channel for hints. Reconnects by itself; without the channel the client polls. */
export class Realtime {
  #socket: Socket<ServerEvents, ClientEvents> | undefined;
  #record: PresentUser['record'] = null;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: RealtimeOptions) {
    void this.#connect(options);
  }

  announceRecord(record: PresentUser['record']): void {
    this.#record = record;
    if (this.#socket?.connected === true) this.#socket.emit('open', record);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
  }

  #retryLater(work: () => void): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(work, retryMs);
  }

  async #connect(options: RealtimeOptions): Promise<void> {
    const { http, url, token, onHint, onPresence } = options;
    // Loaded on demand: it costs a third of a start, and most workspaces have no server.
    const { io } = await import('socket.io-client');
    const address = new URL(url);
    // Without an agent of the client, the channel would carry the token past the proxy and the trusted CAs.
    const findAgent = (): Promise<Agent | null> =>
      http.connect(address).then(
        ({ agent }) => agent,
        () => null,
      );
    const agent = await findAgent();
    if (this.#isClosed) return;
    if (!agent) {
      this.#retryLater(() => void this.#connect(options));
      return;
    }
    const socket: Socket<ServerEvents, ClientEvents> = io(address.origin, {
      ...agentOption(agent),
      path: address.pathname.replace(/\/$/, '') + realtimePath,
      transports: ['websocket'],
      reconnectionDelay: 1000,
      reconnectionDelayMax: 30_000,
      randomizationFactor: 0.5,
      auth: (sendAuth) => {
        // Without a token the server refuses the connection, and the client tries again later.
        token().then(
          (access) => sendAuth({ token: access }),
          () => sendAuth({}),
        );
      },
    });
    /** Looks up the agent again, because the network, its proxy or the CA file can be another one by now. */
    const reconnect = async (): Promise<void> => {
      const current = await findAgent();
      if (this.#isClosed) return;
      if (!current) {
        socket.disconnect();
        this.#retryLater(() => void reconnect());
        return;
      }
      Object.assign(socket.io.opts, agentOption(current));
      if (!socket.active) socket.connect();
    };
    this.#socket = socket;
    socket.on('connect', () => {
      socket.emit('open', this.#record);
      onHint(null);
    });
    // The library does not reconnect after the server closed the connection, as it does when a token expires.
    socket.on('disconnect', (reason) => {
      onPresence([]);
      if (reason !== 'io client disconnect') void reconnect();
    });
    socket.on('connect_error', () => {
      if (socket.active) void reconnect();
      else this.#retryLater(() => void reconnect());
    });
    socket.on('head', ({ seq }) => onHint(seq));
    socket.on('presence', onPresence);
  }
}
