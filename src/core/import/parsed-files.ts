import type { Clock } from '../kernel/system.ts';

/** How long a parsed file is kept after its last use, and the number of files that are kept. */
const lifetimeMs = 5 * 60_000;
const maxFiles = 4;

/** Recently parsed files by SHA-256, so that previewing and importing parse a file once. */
export class ParsedFiles<T> {
  readonly #clock: Pick<Clock, 'elapsed'>;
  readonly #entries = new Map<string, { value: T; used: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock;
  }

  get(key: string): T | undefined {
    this.#dropExpired();
    const entry = this.#entries.get(key);
    if (entry) this.set(key, entry.value);
    return entry?.value;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, used: this.#clock.elapsed() });
    this.#dropExpired();
    // Frees the memory even without further calls.
    this.#timer ??= setInterval(() => this.#dropExpired(), lifetimeMs).unref();
  }

  clear(): void {
    this.#entries.clear();
    this.#dropExpired();
  }

  #dropExpired(): void {
    const now = this.#clock.elapsed();
    for (const [key, { used }] of this.#entries) {
      if (this.#entries.size > maxFiles || now - used > lifetimeMs) this.#entries.delete(key);
    }
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
