import type { Socket } from 'socket.io-client';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, Present, ServerEvents } from '#shared/sync/realtime.ts';

export interface RealtimeParts {
  url: string;
  token: () => Promise<string>;
  /** The history has reached this number; null after a reconnection, when anything may have been missed. */
  onNews: (seq: number | null) => void;
  onPresence: (people: readonly Present[]) => void;
}

/** The server's channel for news. Reconnects by itself; without it the client polls. */
export class Realtime {
  #socket: Socket<ServerEvents, ClientEvents> | undefined;
  #record: Present['record'] = null;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: RealtimeParts) {
    void this.#connect(parts);
  }

  open(record: Present['record']): void {
    this.#record = record;
    if (this.#socket?.connected === true) this.#socket.emit('open', record);
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    this.#socket?.disconnect();
  }

  async #connect({ url, token, onNews, onPresence }: RealtimeParts): Promise<void> {
    // Loaded on demand: it costs a third of a start, and most workspaces have no server.
    const { io } = await import('socket.io-client');
    if (this.#isClosed) return;
    const socket: Socket<ServerEvents, ClientEvents> = io(new URL(url).origin, {
      path: new URL(url).pathname.replace(/\/$/, '') + realtimePath,
      transports: ['websocket'],
      reconnectionDelay: 1000,
      reconnectionDelayMax: 30_000,
      randomizationFactor: 0.5,
      auth: (give) => {
        // Without a token the server refuses, and it is tried again later.
        token().then(
          (access) => give({ token: access }),
          () => give({}),
        );
      },
    });
    this.#socket = socket;
    socket.on('connect', () => {
      socket.emit('open', this.#record);
      onNews(null);
    });
    // The library does not reconnect after the server closed the connection, as it does when a token expires.
    socket.on('disconnect', (reason) => {
      onPresence([]);
      if (reason === 'io server disconnect') socket.connect();
    });
    socket.on('connect_error', () => {
      if (!socket.active) this.#retry = setTimeout(() => socket.connect(), 30_000);
    });
    socket.on('head', ({ seq }) => onNews(seq));
    socket.on('presence', onPresence);
  }
}
