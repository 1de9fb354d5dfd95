import { Batcher } from '../batcher.ts';
import type { ActingUser, Database, Sql, UnitOfWork, WriteResult } from './database.ts';

/** Takes the history lock until the transaction ends. */
export async function lockHistory(sql: Sql): Promise<void> {
  await sql.run('SELECT pg_advisory_xact_lock(7266372)');
}

/** Maximum units of work per commit. Groups of 16 and of 64 were slower (docs/performance.md). */
const maxUnits = 32;

/** Groups concurrent writes into one transaction, each in a savepoint with row security, to share lock and commit. */
export class GroupCommit {
  readonly #batcher: Batcher<UnitOfWork, unknown>;

  constructor(database: Database) {
    this.#batcher = new Batcher((units) => database.asUsers(units, lockHistory), maxUnits);
  }

  /** Resolves after the commit. Rejects with the error of `work`, which then has no effect. `work` can run again: see `UnitOfWork`. */
  async write<T>(acting: ActingUser, work: (sql: Sql) => Promise<WriteResult<T>>): Promise<T> {
    return (await this.#batcher.add({ acting, work })) as T;
  }
}
