import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { nameField } from '#shared/domain/title.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { visibleCondition } from '../../kernel/db/schema.ts';
import { plainHeading } from '../../model/interchange/headings.ts';
import { nameLikeness, shareAcronym } from '../../model/interchange/likeness.ts';
import type { PlannedRecord } from '../planned-record.ts';

/** A live record with its name. */
export interface Named {
  type: EntityType;
  id: string;
  title: string;
  university: string | null;
}

interface Row {
  rowid: number;
  id: string;
  name: string | null;
  university_id: string | null;
}

const page = 2000;

const mostCompared = 5000;

/** From this similarity on a name may be another spelling: a letter or two, or an ending. */
const alike = 0.7;

/** Limit of name comparisons for a table; they are the slowest part of planning. */
const mostComparisons = 100_000;

export const endTypes: readonly EntityType[] = ['team', 'faculty', 'project', 'student', 'university'];

/** Live records of some types by name, for finding what cells mean. */
export class Present {
  readonly #byTitle = new Map<EntityType, Map<string, Named[]>>();
  readonly #byId = new Map<string, Named>();
  /** People by name without titles, first names first. */
  readonly #people = new Map<EntityType, Map<string, Named[]>>();
  readonly #links = new Map<string, string[]>();
  readonly #contacts = new Map<string, string>();
  readonly #judged = new Map<string, boolean>();
  #comparisons = 0;

  *load(db: ReadHandle, types: Iterable<EntityType>): Generator<number, void, void> {
    let done = 0;
    for (const type of new Set(types)) {
      if (type === 'interface') yield* this.#loadLinks(db);
      if (type === 'contact') yield* this.#loadContacts(db);
      if (nameField(type) === null) continue;
      const titles = new Map<string, Named[]>();
      this.#byTitle.set(type, titles);
      const sql = `SELECT rowid, id, payload ->> '$.name' AS name, university_id FROM ${tableOf[type]}
        WHERE ${visibleCondition()} AND rowid > ? ORDER BY rowid LIMIT ${page}`;
      for (let last = 0, rows = db.all<Row>(sql, [last]); rows.length > 0; rows = db.all<Row>(sql, [last])) {
        for (const row of rows) {
          last = row.rowid;
          const named = { type, id: row.id, title: row.name ?? '', university: row.university_id };
          this.#put(titles, named);
        }
        yield (done += rows.length);
      }
    }
  }

  #put(titles: Map<string, Named[]>, named: Named): void {
    const { type, id, title } = named;
    this.#byId.set(id, named);
    add(titles, plainHeading(title) || title.trim(), named);
    if (!isPerson(type)) return;
    const people = this.#people.get(type) ?? new Map<string, Named[]>();
    this.#people.set(type, people);
    add(people, personKey(title), named);
  }

  add(records: readonly PlannedRecord[]): void {
    for (const { type, id, payload, effect } of records) {
      if (effect !== 'create') continue;
      const { from, to } = payload;
      if (typeof from === 'string' && typeof to === 'string') add(this.#links, linkKey(from, to), id);
      const titles = this.#byTitle.get(type);
      const { name = null, university_id: university = null } = payload;
      if (!titles || typeof name !== 'string') continue;
      const named = { type, id, title: name, university: typeof university === 'string' ? university : null };
      this.#put(titles, named);
    }
  }

  *#loadLinks(db: ReadHandle): Generator<number, void, void> {
    const sql = `SELECT rowid, id, from_id, to_id FROM interfaces WHERE ${visibleCondition()} AND rowid > ? ORDER BY rowid LIMIT ${page}`;
    type Link = { rowid: number; id: string; from_id: string; to_id: string };
    let last = 0;
    for (let rows = db.all<Link>(sql, [last]); rows.length > 0; rows = db.all<Link>(sql, [last])) {
      for (const { rowid, id, from_id, to_id } of rows) {
        last = rowid;
        add(this.#links, linkKey(from_id, to_id), id);
      }
      yield rows.length;
    }
  }

  *#loadContacts(db: ReadHandle): Generator<number, void, void> {
    const sql = `SELECT rowid, id, payload FROM contacts WHERE ${visibleCondition()} AND rowid > ? ORDER BY rowid LIMIT ${page}`;
    type Contact = { rowid: number; id: string; payload: string };
    let last = 0;
    for (let rows = db.all<Contact>(sql, [last]); rows.length > 0; rows = db.all<Contact>(sql, [last])) {
      for (const { rowid, id, payload } of rows) {
        last = rowid;
        this.#contacts.set(contactKey(JSON.parse(payload) as JsonObject), id);
      }
      yield rows.length;
    }
  }

  /** An equal contact, or undefined. */
  contact(fields: JsonObject): string | undefined {
    return this.#contacts.get(contactKey(fields));
  }

  /** Live records of that name, of any of the types. "Flight software (Summit)" means only that university's. */
  called(types: readonly EntityType[], text: string): readonly Named[] {
    const plainName = plainHeading(text) || text.trim();
    if (plainName === '') return [];
    const found = types.flatMap((type) => this.#byTitle.get(type)?.get(plainName) ?? []);
    if (found.length > 0) return found;
    const people = types.flatMap((type) => this.#people.get(type)?.get(personKey(text)) ?? []);
    if (people.length > 0) return people;
    const qualified = /^(.+?)\s*(?:\(([^()]+)\)|[·|]\s*(.+))$/u.exec(text.trim());
    if (!qualified) return [];
    const university = plainHeading(qualified[2] ?? qualified[3] ?? '');
    return types
      .flatMap((type) => this.#byTitle.get(type)?.get(plainHeading(qualified[1] ?? '')) ?? [])
      .filter((named) => plainHeading(this.titleOf(named.university) ?? '') === university);
  }

  links(from: string, to: string): readonly string[] {
    return this.#links.get(linkKey(from, to)) ?? [];
  }

  /** A known record, or undefined. */
  named(id: string): Named | undefined {
    return this.#byId.get(id);
  }

  /** A known record's name, or undefined. */
  titleOf(id: string | null): string | undefined {
    return id === null ? undefined : this.#byId.get(id)?.title;
  }

  count(type: EntityType): number {
    return this.#byTitle.get(type)?.size ?? 0;
  }

  /** Whether a name is similar to a record's of the type. Each name is compared once; after the limit all count as similar. */
  mayMean(type: EntityType, text: string): boolean {
    const plainName = plainHeading(text);
    const key = `${type} ${plainName}`;
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    let may = false;
    for (const [title, [named]] of this.#byTitle.get(type) ?? []) {
      may =
        this.#comparisons++ >= mostComparisons ||
        nameLikeness(plainName, title) > alike ||
        shareAcronym(text, named?.title ?? '');
      if (may) break;
    }
    this.#judged.set(key, may);
    return may;
  }

  /** Up to three records with the most similar names. Yields while searching. */
  *nearest(types: readonly EntityType[], text: string): Generator<number, Named[], void> {
    const plainName = plainHeading(text);
    const scored: { named: Named; score: number }[] = [];
    let looked = 0;
    for (const type of types) {
      for (const [title, all] of this.#byTitle.get(type) ?? []) {
        if (++looked > mostCompared) break;
        const score = shareAcronym(text, all[0]?.title ?? '') ? 0.95 : nameLikeness(plainName, title);
        if (score > alike && all[0]) scored.push({ named: all[0], score });
        if (looked % 50 === 0) yield looked;
      }
    }
    return scored
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 3)
      .map(({ named }) => named);
  }

  /** A name that distinguishes a record from others of the same name. */
  label({ type, title, university }: Named): string {
    const of = type === 'university' ? undefined : this.titleOf(university);
    return of === undefined ? title : `${title} (${of})`;
  }
}

/** The identity of a contact: day, type, people and subject. */
const contactKey = (fields: JsonObject): string =>
  JSON.stringify([
    fields['date'] ?? null,
    fields['kind'] ?? null,
    referencedIds(fields['who']).toSorted(),
    referencedIds(fields['with']).toSorted(),
    fields['subject'] ?? null,
  ]);

const linkKey = (from: string, to: string): string => `${from}\n${to}`;

function add<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const found = map.get(key);
  if (found) found.push(value);
  else map.set(key, [value]);
}
