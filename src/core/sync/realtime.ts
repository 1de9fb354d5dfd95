import type { Socket } from 'socket.io-client';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, PresentUser, ServerEvents } from '#shared/sync/realtime.ts';

export interface RealtimeOptions {
  url: string;
  token: () => Promise<string>;
  /** Receives the newest number of the history; null after a reconnection, when changes can have been missed. */
  onHint: (seq: number | null) => void;
  onPresence: (people: readonly PresentUser[]) => void;
}

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

  async #connect({ url, token, onHint, onPresence }: RealtimeOptions): Promise<void> {
    // Loaded on demand: it costs a third of a start, and most workspaces have no server.
    const { io } = await import('socket.io-client');
    if (this.#isClosed) return;
    const socket: Socket<ServerEvents, ClientEvents> = io(new URL(url).origin, {
      path: new URL(url).pathname.replace(/\/$/, '') + realtimePath,
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
      if (!socket.active) this.#retry = setTimeout(() => socket.connect(), 30_000);
    });
    socket.on('head', ({ seq }) => onHint(seq));
    socket.on('presence', onPresence);
  }
}
