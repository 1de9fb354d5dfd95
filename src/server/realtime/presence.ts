import { randomUUID } from 'node:crypto';
import type { PresentUser } from '#shared/sync/realtime.ts';

/** Milliseconds: interval of announcements, timeout of a silent node, and delay that groups changes. */
const announceInterval = 20_000;
const silenceTimeout = 60_000;
const groupDelay = 200;

/** A connected user, and the rooms that may see their open record. */
export interface ConnectedUser extends PresentUser {
  rooms: string[];
}

/** The users connected to one node. */
export interface Announcement {
  node: string;
  people: ConnectedUser[];
  /** True for a new node that needs the announcements of the others. */
  asks: boolean;
}

export interface PresenceOptions {
  readLocalUsers: () => Promise<ConnectedUser[]>;
  announce: (announcement: Announcement) => void;
  /** Sends presence to the clients of this node. */
  send: (people: readonly ConnectedUser[]) => void;
}

/** Tracks open records across all nodes. Each node announces its users regularly. */
export class Presence {
  readonly #node = randomUUID();
  readonly #options: PresenceOptions;
  readonly #otherNodes = new Map<string, { people: ConnectedUser[]; receivedAt: number }>();
  readonly #timer: NodeJS.Timeout;
  #localUsers: ConnectedUser[] = [];
  #sendTimer: NodeJS.Timeout | undefined;
  #hasUnannouncedChanges = false;
  #lastSend: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(options: PresenceOptions) {
    this.#options = options;
    options.announce({ node: this.#node, people: [], asks: true });
    this.#timer = setInterval(() => this.markChanged(), announceInterval);
    this.#timer.unref();
  }

  /** Call after a local change. */
  markChanged(): void {
    this.#hasUnannouncedChanges = true;
    this.#scheduleSend();
  }

  receive({ node, people, asks }: Announcement): void {
    this.#otherNodes.set(node, { people, receivedAt: Date.now() });
    if (asks) this.#hasUnannouncedChanges = true;
    this.#scheduleSend();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#sendTimer);
  }

  /** Groups changes into one message. */
  #scheduleSend(): void {
    this.#sendTimer ??= setTimeout(() => {
      this.#sendTimer = undefined;
      this.#lastSend = this.#lastSend.then(() => this.#send());
    }, groupDelay);
  }

  async #send(): Promise<void> {
    const { readLocalUsers, announce, send } = this.#options;
    const hasChanges = this.#hasUnannouncedChanges;
    this.#hasUnannouncedChanges = false;
    if (hasChanges) this.#localUsers = await readLocalUsers();
    if (this.#isClosed) return;
    if (hasChanges) announce({ node: this.#node, people: this.#localUsers, asks: false });
    for (const [node, { receivedAt }] of this.#otherNodes)
      if (Date.now() - receivedAt > silenceTimeout) this.#otherNodes.delete(node);
    send([...this.#localUsers, ...[...this.#otherNodes.values()].flatMap(({ people }) => people)]);
  }
}
