import { randomUUID } from 'node:crypto';
import type { Present } from '#shared/sync/realtime.ts';

/** Milliseconds between two announcements of a node, after which a node that announces nothing counts as gone, and for which changes are gathered. */
const again = 20_000;
const longest = 60_000;
const gathering = 200;

/** Somebody who is connected, and the rooms that may hear which record they have open. */
export interface Connected extends Present {
  rooms: string[];
}

/** What one node says of those who are connected to it. */
export interface Announcement {
  node: string;
  people: Connected[];
  /** It has just come, and wants to hear of the others. */
  asks: boolean;
}

export interface PresenceParts {
  local: () => Promise<Connected[]>;
  announce: (announcement: Announcement) => void;
  /** Tells those who are connected here. */
  tell: (people: readonly Connected[]) => void;
}

/** Who has which record open, over all nodes: each announces its own, and again every now and then. */
export class Presence {
  readonly #node = randomUUID();
  readonly #parts: PresenceParts;
  readonly #others = new Map<string, { people: Connected[]; at: number }>();
  readonly #timer: NodeJS.Timeout;
  #local: Connected[] = [];
  #soon: NodeJS.Timeout | undefined;
  /** Something has changed here since it was announced. */
  #isNew = false;
  #telling: Promise<void> = Promise.resolve();
  #isClosed = false;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    parts.announce({ node: this.#node, people: [], asks: true });
    this.#timer = setInterval(() => this.changed(), again);
    this.#timer.unref();
  }

  /** Something has changed here. */
  changed(): void {
    this.#isNew = true;
    this.#tellSoon();
  }

  hear({ node, people, asks }: Announcement): void {
    this.#others.set(node, { people, at: Date.now() });
    if (asks) this.#isNew = true;
    this.#tellSoon();
  }

  close(): void {
    this.#isClosed = true;
    clearInterval(this.#timer);
    clearTimeout(this.#soon);
  }

  /** However much happens meanwhile, it is told of once. */
  #tellSoon(): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.#telling = this.#telling.then(() => this.#tell());
    }, gathering);
  }

  async #tell(): Promise<void> {
    const { local, announce, tell } = this.#parts;
    const isNew = this.#isNew;
    this.#isNew = false;
    if (isNew) this.#local = await local();
    if (this.#isClosed) return;
    if (isNew) announce({ node: this.#node, people: this.#local, asks: false });
    for (const [node, { at }] of this.#others) if (Date.now() - at > longest) this.#others.delete(node);
    tell([...this.#local, ...[...this.#others.values()].flatMap(({ people }) => people)]);
  }
}
