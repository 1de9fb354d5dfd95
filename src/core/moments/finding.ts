import type { JsonObject } from '#shared/domain/json.ts';
import { entityTypes, isAuditedType, isEntityType, tableOf } from '#shared/domain/types.ts';
import type { AuditedType, EntityType } from '#shared/domain/types.ts';
import type { Wanted } from '../compare/choose.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { lostWith } from '../model/emptied.ts';
import { locateIn } from '../log/records/locate.ts';
import { emptiedWith } from '../model/removal.ts';
import { invalid, referencesOf } from '../model/validate.ts';
import { deletionOf, WentWith } from '../model/went-with.ts';
import { portions } from '../kernel/chunks.ts';
import { comesBack, payloadsAt, wantedOf } from './as-then.ts';
import { together } from './past.ts';
import type { Point } from '../model/point-in-time.ts';

/** What is to become of records, and which of them nobody asked for. */
export interface Back {
  wanted: Wanted[];
  brought: ReadonlySet<string>;
  unknown: string[];
}

interface Found {
  type: AuditedType;
  was: JsonObject | null;
  /** Whether somebody asked for it, or it comes along: because of what is said of another, or because it went with its university. */
  why: 'asked' | 'needed' | 'went';
}

/** Finds named records as they were at a moment, and what hangs on them. */
export class Finding {
  readonly #db: ReadHandle;
  readonly #point: Point;
  readonly #went: WentWith;
  readonly #found = new Map<string, Found>();
  readonly #unknown: string[] = [];
  /** Fields that name again what comes back. */
  readonly #again: Wanted[] = [];
  #waiting: string[] = [];

  constructor(db: ReadHandle, point: Point) {
    this.#db = db;
    this.#point = point;
    this.#went = new WentWith(db);
  }

  *back(): Generator<number, Back, void> {
    const wanted: Wanted[] = [];
    for (const [id, { type, was }] of this.#found) {
      wanted.push(...wantedOf(this.#db, type, id, was));
      yield wanted.length;
    }
    const brought = wanted.flatMap(({ id }) => (this.#found.get(id)?.why === 'asked' ? [] : [id]));
    const again = this.#again.map(({ id }) => id);
    return {
      wanted: [...wanted, ...this.#again],
      brought: new Set([...brought, ...again]),
      unknown: this.#unknown,
    };
  }

  take(ids: readonly string[], why: 'asked' | 'needed'): number {
    const then = payloadsAt(this.#db, ids, this.#point);
    for (const id of ids) {
      const type = typeIn(this.#db, id);
      if (type === null) this.#unknown.push(id);
      else if (!comesBack(type)) throw notSo(type, id);
      else this.#add(id, { type, was: then.get(id) ?? null, why });
    }
    return this.#found.size;
  }

  #add(id: string, found: Found): void {
    this.#found.set(id, found);
    this.#waiting.push(id);
  }

  /** Takes in what hangs on the records, and on what comes back with them. */
  *follow(): Generator<number, void, void> {
    while (this.#waiting.length > 0) {
      const now = this.#waiting;
      this.#waiting = [];
      const more = new Set<string>();
      for (const id of now) {
        for (const other of [...this.#refersTo(id), ...this.#links(id)]) more.add(other);
        yield this.#found.size;
      }
      const fresh = [...more].filter((id) => !this.#found.has(id));
      for (const some of portions(fresh, together)) yield this.take(some, 'needed');
      for (const id of now) yield* this.#takeWent(id);
    }
  }

  /** Takes in what belonged to a university that comes back, and went because of it. */
  *#takeWent(university: string): Generator<number, void, void> {
    if (this.#found.get(university)?.type !== 'university' || !this.#comesBack(university)) return;
    const went = yield* this.#went.of(university);
    const fresh = went.filter(({ id }) => !this.#found.has(id));
    for (const some of portions(fresh, together)) {
      const ids = some.map(({ id }) => id);
      const then = payloadsAt(this.#db, ids, this.#point);
      for (const { type, id } of some) {
        const was = then.get(id);
        if (was?.['university_id'] === university) this.#add(id, { type, was, why: 'went' });
      }
      yield this.#found.size;
    }
  }

  /** Has what named a record that comes back, and lost that when it went, name it again. */
  *nameAgain(): Generator<number, void, void> {
    for (const { type, field, to } of emptiedWith) {
      if (![...this.#found].some(([id, one]) => one.type === to && this.#comesBack(id))) continue;
      const empty = `SELECT id FROM ${tableOf[type]} WHERE deleted_at IS NULL AND ${field} IS NULL ORDER BY id`;
      const fresh = this.#db.column<string>(empty, {}).filter((id) => !this.#found.has(id));
      for (const some of portions(fresh, together)) {
        for (const [id, was] of payloadsAt(this.#db, some, this.#point))
          this.#fill(type, id, field, was[field]);
        yield this.#found.size + this.#again.length;
      }
    }
  }

  #fill(type: EntityType, id: string, field: string, then: unknown): void {
    if (typeof then !== 'string' || !this.#comesBack(then) || !lostWith(this.#db, { id, field, named: then }))
      return;
    const payload = { ...locateIn(this.#db, type, id)?.payload, [field]: then };
    const patch = { set: { [field]: then }, unset: [] };
    this.#again.push({ type, id, twoTypes: false, payload, patch, back: then });
  }

  /** Whether a record was there then, and is not now. */
  #comesBack(id: string): boolean {
    const one = this.#found.get(id);
    return one?.was != null && locateIn(this.#db, one.type, id)?.deleted !== false;
  }

  /** What a record referred to then and is gone now. */
  #refersTo(id: string): string[] {
    const one = this.#found.get(id);
    if (!one?.was || !isEntityType(one.type)) return [];
    const { was } = one;
    const ids = referencesOf(one.type).flatMap(({ key }) => (typeof was[key] === 'string' ? [was[key]] : []));
    return ids.filter((other) => !this.#isThere(other));
  }

  /**
   * Links of a record that comes back, which were there then and went since; each while its other end is there. Of what comes with its
   * university those that went because of an end, or with it: who deleted one by itself meant that.
   */
  #links(id: string): string[] {
    const one = this.#found.get(id);
    if (!one?.was || !isEntityType(one.type) || one.type === 'interface') return [];
    if (locateIn(this.#db, one.type, id)?.deleted === false) return [];
    const gone = this.#db.column<string>(deletedLinks, { id });
    const then = payloadsAt(this.#db, gone, this.#point);
    return gone.filter((link) => {
      const { from, to } = then.get(link) ?? {};
      if (from !== id && to !== id) return false;
      if (one.why === 'went' && this.#wentAlone(link, id)) return false;
      const other = from === id ? to : from;
      return typeof other === 'string' && (this.#isThere(other) || this.#comes(other));
    });
  }

  /** Whether a link was deleted itself, and not as all that went in the change that its end went in. */
  #wentAlone(link: string, end: string): boolean {
    const gone = deletionOf(this.#db, link);
    return gone?.because === null && gone.change !== deletionOf(this.#db, end)?.change;
  }

  #comes(id: string): boolean {
    return this.#found.get(id)?.was != null;
  }

  #isThere(id: string): boolean {
    return entityTypes.some((type) => locateIn(this.#db, type, id)?.deleted === false);
  }
}

/** By the index of each end. */
const deletedAt = (end: 'from_id' | 'to_id'): string =>
  `SELECT id FROM interfaces WHERE deleted_at IS NOT NULL AND ${end} = :id`;
const deletedLinks = `${deletedAt('from_id')} UNION ${deletedAt('to_id')}`;
const typeOf = 'SELECT entity_type AS type FROM audit_logs WHERE entity_id = ? LIMIT 1';

function typeIn(db: ReadHandle, id: string): AuditedType | null {
  const type = db.get<{ type: string }>(typeOf, [id])?.type;
  return isAuditedType(type) ? type : null;
}

function notSo(type: AuditedType, id: string) {
  const message = `the ${type} "${id}" is no record: ${tableOf[type]} do not go back to a moment. Nothing was changed.`;
  return invalid([{ path: 'ids', code: 'kind', message }]);
}
