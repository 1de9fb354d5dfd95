import type { Socket } from 'socket.io-client';
import { realtimePath } from '#shared/sync/realtime.ts';
import type { ClientEvents, Present, ServerEvents } from '#shared/sync/realtime.ts';

export interface RealtimeParts {
  url: string;
  token: () => Promise<string>;
  /** Something was committed up to this number; null where the connection is there again, and anything may have been. */
  onNews: (seq: number | null) => void;
  onPresence: (people: readonly Present[]) => void;
}

/** The line on which a server tells of news. It comes back by itself; where it cannot be had, the client asks every now and then all the same. */
export class Realtime {
  #socket: Socket<ServerEvents, ClientEvents> | undefined;
  #record: Present['record'] = null;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(parts: RealtimeParts) {
    void this.#connect(parts);
  }

  /** Tells others which record is open here. */
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
    // Loading it takes a third of a start, and most workspaces have no server.
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
    // A server that ends the connection itself is not tried again by the library: the token was over.
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
