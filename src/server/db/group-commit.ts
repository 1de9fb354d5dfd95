import type { Acting, Database, Sql, Turn, Written } from './database.ts';

interface Waiting extends Turn {
  resolve: (value: unknown) => void;
  reject: (error: unknown) => void;
}

/** At most this many share one commit. */
const most = 64;

/**
 * Lets whoever writes the history do so in turn, which only one at a time can. Those that wait together share one transaction, each in a savepoint and under
 * their own row security: so the cost of a commit is that of a group.
 */
export class GroupCommit {
  readonly #database: Database;
  readonly #waiting: Waiting[] = [];
  #isBusy = false;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Resolves once the work is committed; rejects as the work does, which then has changed nothing. The work may run more than once: see `Turn`. */
  write<T>(acting: Acting, work: (sql: Sql) => Promise<Written<T>>): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      this.#waiting.push({ acting, work, resolve: resolve as (value: unknown) => void, reject });
      if (!this.#isBusy) void this.#drain();
    });
  }

  async #drain(): Promise<void> {
    this.#isBusy = true;
    while (this.#waiting.length > 0) {
      const group = this.#waiting.splice(0, most);
      try {
        const results = await this.#database.asUsers(group);
        for (const [at, result] of results.entries())
          if (result.status === 'fulfilled') group[at]?.resolve(result.value);
          else group[at]?.reject(result.reason);
      } catch (error) {
        for (const { reject } of group) reject(error);
      }
    }
    this.#isBusy = false;
  }
}
