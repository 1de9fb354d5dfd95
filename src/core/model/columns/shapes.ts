import { compareOwnNames } from '#shared/domain/own-fields.ts';
import type { OwnField, OwnKind } from '#shared/domain/own-fields.ts';
import type { Cell } from './cell.ts';

/** At most this many custom fields of a type are reported: the most frequent ones. */
const mostFields = 200;
const piece = 2000;

type Counted = readonly (readonly [shape: Cell, count: number])[];

/** Which custom fields records have, from `own_shape`. Each shape is parsed once. */
export class Shapes {
  readonly #fields: OwnField[] = [];
  readonly #numberOf = new Map<string, number>();
  readonly #read = new Map<string, readonly number[]>();

  *readAhead(shapes: Counted): Generator<void, void, void> {
    for (let at = 0; at < shapes.length; at += piece) {
      for (const [shape] of shapes.slice(at, at + piece)) if (typeof shape === 'string') this.#numbers(shape);
      yield;
    }
  }

  fieldsIn(shapes: Counted): OwnField[] {
    return [...this.#found(shapes)]
      .sort(([a, one], [b, other]) => other.count - one.count || compareOwnNames(a, b))
      .slice(0, mostFields)
      .map(([name, { kinds }]) => ({ name, kind: kindOfAll(kinds) }))
      .sort((a, b) => compareOwnNames(a.name, b.name));
  }

  kindsOf(name: string, shapes: Counted): ReadonlySet<OwnKind> {
    return new Set(this.#found(shapes).get(name)?.kinds.keys());
  }

  #found(shapes: Counted): Map<string, { kinds: Map<OwnKind, number>; count: number }> {
    if (this.#read.size > 2 * shapes.length) this.#forget();
    const counts: number[] = [];
    for (const [shape, count] of shapes) {
      if (typeof shape !== 'string' || count === 0) continue;
      for (const number of this.#numbers(shape)) counts[number] = (counts[number] ?? 0) + count;
    }
    const found = new Map<string, { kinds: Map<OwnKind, number>; count: number }>();
    for (const [number, { name, kind }] of this.#fields.entries()) {
      const count = counts[number] ?? 0;
      if (count === 0) continue;
      const field = found.get(name) ?? { kinds: new Map<OwnKind, number>(), count: 0 };
      field.kinds.set(kind, count);
      field.count += count;
      found.set(name, field);
    }
    return found;
  }

  #numbers(shape: string): readonly number[] {
    const known = this.#read.get(shape);
    if (known) return known;
    const numbers = (JSON.parse(shape) as [name: string, kind: OwnKind][]).map(([name, kind]) => {
      const key = `${kind} ${name}`;
      const number = this.#numberOf.get(key) ?? this.#fields.push({ name, kind }) - 1;
      this.#numberOf.set(key, number);
      return number;
    });
    this.#read.set(shape, numbers);
    return numbers;
  }

  /** Called when no record has most of the known shapes any more. */
  #forget(): void {
    this.#fields.length = 0;
    this.#numberOf.clear();
    this.#read.clear();
  }
}

/** The kind of a field from the counts of its values by kind. Mostly days make a day field, so single words in it change nothing. */
function kindOfAll(kinds: ReadonlyMap<OwnKind, number>): OwnKind {
  if (kinds.has('json')) return 'json';
  if (kinds.size === 1) return [...kinds.keys()][0] as OwnKind;
  const all = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  return (kinds.get('date') ?? 0) * 2 > all ? 'date' : 'text';
}
