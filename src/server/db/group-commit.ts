import { Batcher } from '../batcher.ts';
import type { Acting, Database, Sql, Turn, Written } from './database.ts';

/** Nobody else writes the history until the transaction ends. */
export async function lockHistory(sql: Sql): Promise<void> {
  await sql.run('SELECT pg_advisory_xact_lock(7266372)');
}

/** At most this many share one commit: while they are committed, the server reads the requests of the next ones. */
const most = 32;

/**
 * Lets whoever writes the history do so in turn, which only one at a time can. Those that wait together share one transaction, each in a savepoint and under
 * their own row security: so the cost of a commit, and of the lock, is that of a group.
 */
export class GroupCommit {
  readonly #turns: Batcher<Turn, unknown>;

  constructor(database: Database) {
    this.#turns = new Batcher((turns) => database.asUsers(turns, lockHistory), most);
  }

  /** Resolves once the work is committed; rejects as the work does, which then has changed nothing. The work may run more than once: see `Turn`. */
  async write<T>(acting: Acting, work: (sql: Sql) => Promise<Written<T>>): Promise<T> {
    return (await this.#turns.add({ acting, work })) as T;
  }
}
