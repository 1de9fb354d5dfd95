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
const agentOption = (agent: Agent | undefined): Pick<Partial<ManagerOptions>, 'agent'> =>
  agent ? { agent: agent as unknown as boolean } : {};

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

  async #connect({ http, url, token, onHint, onPresence }: RealtimeOptions): Promise<void> {
    // Loaded on demand: it costs a third of a start, and most workspaces have no server.
    const { io } = await import('socket.io-client');
    const address = new URL(url);
    const findAgent = (): Promise<Agent | undefined> =>
      http.connect(address).then(
        ({ agent }) => agent,
        () => undefined,
      );
    const agent = await findAgent();
    if (this.#isClosed) return;
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
    const replaceAgent = async (): Promise<void> =>
      void Object.assign(socket.io.opts, agentOption(await findAgent()));
    this.#socket = socket;
    socket.on('connect', () => {
      socket.emit('open', this.#record);
      onHint(null);
    });
    // The library does not reconnect after the server closed the connection, as it does when a token expires.
    socket.on('disconnect', (reason) => {
      onPresence([]);
      if (reason === 'io server disconnect') socket.connect();
    });
    socket.on('connect_error', () => {
      // The network, its proxy or the CA file can be another one by now.
      void replaceAgent();
      if (!socket.active) this.#retry = setTimeout(() => socket.connect(), 30_000);
    });
    socket.on('head', ({ seq }) => onHint(seq));
    socket.on('presence', onPresence);
  }
}
