import type { Clock } from '../kernel/system.ts';

/** Milliseconds that a parsed file is kept after its last use, and the number kept. */
const lifetime = 5 * 60_000;
const most = 4;

/** Recently parsed files by SHA-256, so that previewing and importing parse a file once. */
export class ParsedFiles<T> {
  readonly #clock: Pick<Clock, 'elapsed'>;
  readonly #entries = new Map<string, { value: T; used: number }>();
  #timer: NodeJS.Timeout | undefined;

  constructor(clock: Pick<Clock, 'elapsed'>) {
    this.#clock = clock;
  }

  get(key: string): T | undefined {
    this.#drop();
    const found = this.#entries.get(key);
    if (found) this.set(key, found.value);
    return found?.value;
  }

  set(key: string, value: T): void {
    this.#entries.delete(key);
    this.#entries.set(key, { value, used: this.#clock.elapsed() });
    this.#drop();
    // Frees the memory even without further calls.
    this.#timer ??= setInterval(() => this.#drop(), lifetime).unref();
  }

  clear(): void {
    this.#entries.clear();
    this.#drop();
  }

  #drop(): void {
    const now = this.#clock.elapsed();
    for (const [key, { used }] of this.#entries) {
      if (this.#entries.size > most || now - used > lifetime) this.#entries.delete(key);
    }
    if (this.#entries.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}
