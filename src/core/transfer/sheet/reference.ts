import type { SheetChoices, SheetProblem } from '#shared/contract/sheets.ts';
import type { Field } from '#shared/domain/entities.ts';
import { recordId } from '#shared/domain/field.ts';
import { idPrefix } from '#shared/domain/types.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Lookup } from '../claims.ts';
import type { Along, AlongType } from './along.ts';
import type { Wanted } from './cells.ts';
import { endTypes } from './present.ts';
import type { Named, Present } from './present.ts';
import { cellText } from './table.ts';
import { isCellError } from './values.ts';
import { plain } from './words.ts';

/** The types of record that a field may name. */
export function typesOf(field: Field): readonly EntityType[] {
  if (field.to === 'any') return endTypes;
  return field.to === undefined ? [] : [field.to];
}

export interface ReadReference {
  id: string | null;
  problem?: { code: SheetProblem['code']; action: SheetProblem['action']; becomes?: string };
}

/** The one that is meant of those that are called so: the only one, or the only one of the row's university. */
function oneOf(called: readonly Named[], university: string | null): Named | undefined {
  const own = called.length > 1 ? called.filter((one) => one.university === university) : called;
  return own.length === 1 ? own[0] : undefined;
}

const uuid = /_[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const makeable: readonly string[] = ['university', 'project', 'team'] satisfies AlongType[];

export interface ReferenceParts {
  lookup: Lookup;
  present: Present;
  along: Along;
  missing: SheetChoices['missing'];
  /** Whether the record of an id had that name once. */
  wasCalled: (id: string, name: string) => boolean;
}

/** Finds the records that cells name: by id, by name, or by making one. */
export class References {
  readonly #lookup: Lookup;
  readonly #present: Present;
  readonly #along: Along;
  readonly #missing: SheetChoices['missing'];
  readonly #wasCalled: ReferenceParts['wasCalled'];

  constructor(parts: ReferenceParts) {
    this.#lookup = parts.lookup;
    this.#present = parts.present;
    this.#along = parts.along;
    this.#missing = parts.missing;
    this.#wasCalled = parts.wasCalled;
  }

  /** Whether a text leads to a record that the field may name: by its id, or by its name. */
  leads(field: Field, text: string): boolean {
    return this.#lives(field, text) || this.#present.called(typesOf(field), text).length > 0;
  }

  /** The id of a live record of a type that the field may name. */
  #lives(field: Field, id: string): boolean {
    if (!recordId.safeParse(id).success) return false;
    const found = this.#lookup(id);
    return found !== undefined && !found.deleted && typesOf(field).some((type) => type === found.type);
  }

  /**
   * What a cell that is not blank names. `university` is the row's own: of several of one name its own is meant. `idBeside` is what
   * stands in the column of ids.
   */
  read(
    field: Field,
    { cell, rule }: Wanted,
    university: string | null,
    idBeside: string | null = null,
  ): ReadReference {
    const text = cellText(cell);
    // What the person said of the name counts before the id.
    if (idBeside !== null && rule === undefined && this.#lives(field, idBeside))
      return this.#beside(field, text, university, idBeside);
    if (isCellError(cell)) return { id: null, problem: { code: 'cell_error', action: 'empty' } };
    const types = typesOf(field);
    if (this.#lives(field, text)) return { id: text };
    const called = this.#present.called(types, text);
    const one = oneOf(called, university);
    if (one) return { id: one.id };
    if (called.length > 1) return { id: null, problem: { code: 'reference_ambiguous', action: 'empty' } };
    if (this.#makes(field, text, rule?.create) && !this.#isLostId(field, text)) {
      const id = this.#along.named(
        field.to as AlongType,
        text,
        field.to === 'university' ? null : university,
        // Where the person said another name, the id is not that one's.
        rule === undefined || rule.becomes === rule.value ? idBeside : null,
      );
      return { id, problem: { code: 'reference_created', action: 'created' } };
    }
    return { id: null, problem: { code: 'reference_missing', action: 'empty' } };
  }

  /**
   * What a name means beside the id of a record that lives. Where that record is called so, or was when the table was written, it. Who
   * edits a table that FRAMES wrote changes the name and not the id beside it: the name of another record counts. A name that leads
   * nowhere may be a slip: the id counts, and it is a thing to look at.
   */
  #beside(field: Field, text: string, university: string | null, id: string): ReadReference {
    const there = this.#present.named(id);
    if (text === id || !there || plain(there.title) === plain(text)) return { id };
    const called = this.#present.called(typesOf(field), text);
    if (there.title === '' || called.some((one) => one.id === id) || this.#wasCalled(id, text)) return { id };
    const becomes = this.#present.label(there);
    const one = oneOf(called, university);
    return one
      ? { id: one.id, problem: { code: 'name_over_id', action: 'converted', becomes } }
      : { id, problem: { code: 'id_over_name', action: 'converted', becomes } };
  }

  /** An id as FRAMES gives them, of a record that neither is here nor comes along: nobody is called so. */
  #isLostId({ to }: Field, text: string): boolean {
    if (to === undefined || to === 'any' || this.#along.has(text)) return false;
    return text.startsWith(`${idPrefix[to]}_`) && uuid.test(text);
  }

  /** Where nobody decided, a name is made unless a record that is here could have been meant, or it looks like an id. */
  #makes(field: Field, text: string, asked: boolean | undefined): boolean {
    const { to } = field;
    if (to === undefined || !makeable.includes(to)) return false;
    if (asked) return true;
    const decided = this.#missing[field.key];
    if (decided !== undefined) return decided === 'create';
    const type = to as EntityType;
    if (this.#present.count(type) === 0) return true;
    return !text.startsWith(`${idPrefix[type]}_`) && !this.#present.mayMean(type, text);
  }
}
