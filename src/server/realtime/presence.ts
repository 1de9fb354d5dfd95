import { randomUUID } from 'node:crypto';
import type { Present } from '#shared/sync/realtime.ts';

/** Milliseconds between two announcements of a node, and after which a node that announces nothing counts as gone. */
const again = 20_000;
const longest = 60_000;

/** What one node says of those who are connected to it. */
export interface Announcement {
  node: string;
  people: Present[];
  /** It has just come, and wants to hear of the others. */
  asks: boolean;
}

export interface PresenceParts {
  local: () => Present[];
  announce: (announcement: Announcement) => void;
  /** Tells those who are connected here. */
  tell: (people: readonly Present[]) => void;
}

/** Who has which record open, over all nodes: each announces its own, and again every now and then. */
export class Presence {
  readonly #node = randomUUID();
  readonly #parts: PresenceParts;
  readonly #others = new Map<string, { people: Present[]; at: number }>();
  readonly #timer: NodeJS.Timeout;

  constructor(parts: PresenceParts) {
    this.#parts = parts;
    this.#announce(true);
    this.#timer = setInterval(() => this.#announce(false), again);
    this.#timer.unref();
  }

  /** Something has changed here. */
  changed(): void {
    this.#announce(false);
    this.#tell();
  }

  hear({ node, people, asks }: Announcement): void {
    this.#others.set(node, { people, at: Date.now() });
    if (asks) this.#announce(false);
    this.#tell();
  }

  close(): void {
    clearInterval(this.#timer);
  }

  #announce(asks: boolean): void {
    this.#parts.announce({ node: this.#node, people: this.#parts.local(), asks });
  }

  #tell(): void {
    for (const [node, { at }] of this.#others) if (Date.now() - at > longest) this.#others.delete(node);
    const { local, tell } = this.#parts;
    tell([...local(), ...[...this.#others.values()].flatMap(({ people }) => people)]);
  }
}
