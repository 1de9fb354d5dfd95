import { Batcher } from '../batcher.ts';
import type { ActingUser, Database, Sql, UnitOfWork, WriteResult } from './database.ts';

/** Takes the history lock until the transaction ends. */
export async function lockHistory(sql: Sql): Promise<void> {
  await sql.run('SELECT pg_advisory_xact_lock(7266372)');
}

/** Maximum units of work per commit. While they are committed, the server reads the next requests. */
const maxGroup = 32;

/** Groups concurrent writes into one transaction, each in a savepoint with row security, to share lock and commit. */
export class GroupCommit {
  readonly #units: Batcher<UnitOfWork, unknown>;

  constructor(database: Database) {
    this.#units = new Batcher((units) => database.asUsers(units, lockHistory), maxGroup);
  }

  /** Resolves after the commit. Rejects with the error of the work, which then has no effect. It can run again: see `UnitOfWork`. */
  async write<T>(acting: ActingUser, work: (sql: Sql) => Promise<WriteResult<T>>): Promise<T> {
    return (await this.#units.add({ acting, work })) as T;
  }
}
