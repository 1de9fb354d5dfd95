import { nodeType } from '#shared/contract/network.ts';
import { appendTo } from '#shared/domain/append-to.ts';
import { readPages } from '../../../model/read-pages.ts';
import { isPerson, personKey } from '#shared/domain/person-name.ts';
import { referencedIds } from '#shared/domain/references.ts';
import type { JsonObject } from '#shared/domain/json.ts';
import { nameField } from '#shared/domain/title.ts';
import { tableOf } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { ReadHandle } from '../../../kernel/db/connection.ts';
import { visibleCondition } from '../../../kernel/db/schema.ts';
import { plainHeading } from '../../../model/interchange/headings.ts';
import { minLikeness, nameLikeness, shareAcronym } from '../../../model/interchange/likeness.ts';
import type { PlannedRecord } from '../../planned-record.ts';

export interface NamedRecord {
  type: EntityType;
  id: string;
  title: string;
  university: string | null;
}

interface Row {
  id: string;
  name: string | null;
  university_id: string | null;
}

const maxComparedPerName = 5000;

/** Limit of name comparisons for a table; they are the slowest part of planning. */
const maxComparisons = 100_000;

/** The types that an end of a link in a table can name. */
export const endTypes: readonly EntityType[] = nodeType.options;

/** The visible records of some types by name, to find what cells mean. */
export class VisibleRecords {
  readonly #byTitle = new Map<EntityType, Map<string, NamedRecord[]>>();
  readonly #byId = new Map<string, NamedRecord>();
  /** People by name without titles, first names first. */
  readonly #people = new Map<EntityType, Map<string, NamedRecord[]>>();
  readonly #linkIds = new Map<string, string[]>();
  readonly #contactIds = new Map<string, string>();
  readonly #isSimilarByName = new Map<string, boolean>();
  #comparisonCount = 0;

  *load(db: ReadHandle, types: Iterable<EntityType>): Generator<number, void, void> {
    let done = 0;
    for (const type of new Set(types)) {
      if (type === 'interface') yield* this.#loadLinks(db);
      if (type === 'contact') yield* this.#loadContacts(db);
      if (nameField(type) === null) continue;
      const titles = new Map<string, NamedRecord[]>();
      this.#byTitle.set(type, titles);
      const select = `SELECT rowid AS row, id, payload ->> '$.name' AS name, university_id FROM ${tableOf[type]}
        WHERE ${visibleCondition()}`;
      for (const rows of readPages<Row>(db, select)) {
        for (const { id, name, university_id: university } of rows)
          this.#put(titles, { type, id, title: name ?? '', university });
        yield (done += rows.length);
      }
    }
  }

  #put(titles: Map<string, NamedRecord[]>, record: NamedRecord): void {
    const { type, id, title } = record;
    this.#byId.set(id, record);
    appendTo(titles, plainHeading(title) || title.trim(), record);
    if (!isPerson(type)) return;
    const people = this.#people.get(type) ?? new Map<string, NamedRecord[]>();
    this.#people.set(type, people);
    appendTo(people, personKey(title), record);
  }

  addPlanned(records: readonly PlannedRecord[]): void {
    for (const { type, id, payload, effect } of records) {
      if (effect !== 'create') continue;
      const { from, to } = payload;
      if (typeof from === 'string' && typeof to === 'string') appendTo(this.#linkIds, linkKey(from, to), id);
      const titles = this.#byTitle.get(type);
      const { name = null, university_id: university = null } = payload;
      if (!titles || typeof name !== 'string') continue;
      const record = {
        type,
        id,
        title: name,
        university: typeof university === 'string' ? university : null,
      };
      this.#put(titles, record);
    }
  }

  *#loadLinks(db: ReadHandle): Generator<number, void, void> {
    const select = `SELECT rowid AS row, id, from_id, to_id FROM interfaces WHERE ${visibleCondition()}`;
    for (const rows of readPages<{ id: string; from_id: string; to_id: string }>(db, select)) {
      for (const { id, from_id, to_id } of rows) appendTo(this.#linkIds, linkKey(from_id, to_id), id);
      yield rows.length;
    }
  }

  *#loadContacts(db: ReadHandle): Generator<number, void, void> {
    const select = `SELECT rowid AS row, id, payload FROM contacts WHERE ${visibleCondition()}`;
    for (const rows of readPages<{ id: string; payload: string }>(db, select)) {
      for (const { id, payload } of rows)
        this.#contactIds.set(contactKey(JSON.parse(payload) as JsonObject), id);
      yield rows.length;
    }
  }

  /** The id of an equal contact, or undefined. */
  contactId(fields: JsonObject): string | undefined {
    return this.#contactIds.get(contactKey(fields));
  }

  /** Visible records of that name, of any of the types. "Flight software (Summit)" finds only that university's. */
  recordsNamed(types: readonly EntityType[], text: string): readonly NamedRecord[] {
    const plainName = plainHeading(text) || text.trim();
    if (plainName === '') return [];
    const byTitle = types.flatMap((type) => this.#byTitle.get(type)?.get(plainName) ?? []);
    if (byTitle.length > 0) return byTitle;
    const people = types.flatMap((type) => this.#people.get(type)?.get(personKey(text)) ?? []);
    if (people.length > 0) return people;
    const nameAndUniversity = /^(.+?)\s*(?:\(([^()]+)\)|[·|]\s*(.+))$/u.exec(text.trim());
    if (!nameAndUniversity) return [];
    const university = plainHeading(nameAndUniversity[2] ?? nameAndUniversity[3] ?? '');
    return types
      .flatMap((type) => this.#byTitle.get(type)?.get(plainHeading(nameAndUniversity[1] ?? '')) ?? [])
      .filter((record) => plainHeading(this.titleOf(record.university) ?? '') === university);
  }

  linkIds(from: string, to: string): readonly string[] {
    return this.#linkIds.get(linkKey(from, to)) ?? [];
  }

  recordById(id: string): NamedRecord | undefined {
    return this.#byId.get(id);
  }

  titleOf(id: string | null): string | undefined {
    return id === null ? undefined : this.#byId.get(id)?.title;
  }

  /** The names of all records of a type. */
  titles(type: EntityType): string[] {
    return [...(this.#byTitle.get(type)?.values() ?? [])].flatMap(([record]) => record?.title ?? []);
  }

  countTitles(type: EntityType): number {
    return this.#byTitle.get(type)?.size ?? 0;
  }

  /** Whether a name is similar to a record's of the type. Each name is compared once; after the limit all count as similar. */
  isSimilarName(type: EntityType, text: string): boolean {
    const plainName = plainHeading(text);
    const key = `${type} ${plainName}`;
    const cached = this.#isSimilarByName.get(key);
    if (cached !== undefined) return cached;
    let isSimilar = false;
    for (const [title, [record]] of this.#byTitle.get(type) ?? []) {
      isSimilar =
        this.#comparisonCount++ >= maxComparisons ||
        nameLikeness(plainName, title) > minLikeness ||
        shareAcronym(text, record?.title ?? '');
      if (isSimilar) break;
    }
    this.#isSimilarByName.set(key, isSimilar);
    return isSimilar;
  }

  /** Up to three records with the most similar names. Yields while searching. */
  *nearest(types: readonly EntityType[], text: string): Generator<number, NamedRecord[], void> {
    const plainName = plainHeading(text);
    const scoredRecords: { record: NamedRecord; score: number }[] = [];
    let comparedCount = 0;
    for (const type of types) {
      for (const [title, records] of this.#byTitle.get(type) ?? []) {
        if (++comparedCount > maxComparedPerName) break;
        const score = shareAcronym(text, records[0]?.title ?? '') ? 0.95 : nameLikeness(plainName, title);
        if (score > minLikeness && records[0]) scoredRecords.push({ record: records[0], score });
        if (comparedCount % 50 === 0) yield comparedCount;
      }
    }
    return scoredRecords
      .toSorted((a, b) => b.score - a.score)
      .slice(0, 3)
      .map(({ record }) => record);
  }

  /** A name that distinguishes a record from others of the same name. */
  label({ type, title, university }: NamedRecord): string {
    const universityTitle = type === 'university' ? undefined : this.titleOf(university);
    return universityTitle === undefined ? title : `${title} (${universityTitle})`;
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
