import type { Clock } from '../kernel/system.ts';

/** The time that a parsed file is kept after its last use. */
const lifetimeMs = 5 * 60_000;
const maxFiles = 4;

/** Recently parsed files by SHA-256, so that previewing and importing parse a file once. */
export class ParsedFiles<T> {
  readonly #clock: Pick<Clock, 'elapsed'>;
  readonly #entries = new Map<string, { value: T; usedAt: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock;
  }

  get(key: string): T | undefined {
    this.#evict();
    const entry = this.#entries.get(key);
    if (entry) this.set(key, entry.value);
    return entry?.value;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, usedAt: this.#clock.elapsed() });
    this.#evict();
    // Frees the memory even without further calls.
    this.#timer ??= setInterval(() => this.#evict(), lifetimeMs).unref();
  }

  clear(): void {
    this.#entries.clear();
    this.#evict();
  }

  #evict(): void {
    const now = this.#clock.elapsed();
    for (const [key, { usedAt }] of this.#entries) {
      if (this.#entries.size > maxFiles || now - usedAt > lifetimeMs) this.#entries.delete(key);
    }
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
