import type { Carried } from '#shared/contract/compare.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { namesIn } from './along.ts';
import type { Written } from './problems.ts';

/** Most records that are told of one by one. */
const mostTold = 1000;

type Action = Exclude<Carried['records'][number]['action'], 'along'>;

/** Keeps account of what is written: of how many records by table, and the first of them by name. */
export class Tally {
  /** What is to be checked when all is written. */
  readonly written: Written[] = [];
  readonly counts: Record<Action, Record<string, number>> = {
    created: {},
    restored: {},
    updated: {},
    removed: {},
  };
  readonly records: Carried['records'] = [];
  readonly #db: ReadHandle;

  constructor(db: ReadHandle) {
    this.#db = db;
  }

  note(written: Written, action: Action, payload: JsonObject): void {
    this.written.push(written);
    this.tell(written, action, payload);
  }

  tell({ type, id }: Pick<Written, 'type' | 'id'>, action: Action, payload: JsonObject): void {
    const counts = this.counts[action];
    counts[tableOf[type]] = (counts[tableOf[type]] ?? 0) + 1;
    if (this.records.length >= mostTold) return;
    this.records.push({ type, id, ...namesIn(this.#db, { type, id, payload }), action });
  }
}
