import { io } from 'socket.io-client';
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
  readonly #socket: Socket<ServerEvents, ClientEvents>;
  #record: Present['record'] = null;

  constructor({ url, token, onNews, onPresence }: RealtimeParts) {
    this.#socket = io(new URL(url).origin, {
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
    this.#socket.on('connect', () => {
      this.#socket.emit('open', this.#record);
      onNews(null);
    });
    // A server that ends the connection itself is not tried again by the library: the token was over.
    this.#socket.on('disconnect', (reason) => {
      onPresence([]);
      if (reason === 'io server disconnect') this.#socket.connect();
    });
    this.#socket.on('connect_error', () => {
      if (!this.#socket.active) this.#retry = setTimeout(() => this.#socket.connect(), 30_000);
    });
    this.#socket.on('head', ({ seq }) => onNews(seq));
    this.#socket.on('presence', onPresence);
  }

  #retry: NodeJS.Timeout | undefined;

  /** Tells others which record is open here. */
  open(record: Present['record']): void {
    this.#record = record;
    if (this.#socket.connected) this.#socket.emit('open', record);
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#socket.disconnect();
  }
}
