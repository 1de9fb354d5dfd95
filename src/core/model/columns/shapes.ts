import { compareCustomNames } from '#shared/domain/custom-fields.ts';
import type { CustomField, CustomKind } from '#shared/domain/custom-fields.ts';
import type { Cell } from './cell.ts';

/** At most this many custom fields of a type are reported: the most frequent ones. */
const maxFields = 200;
const shapesPerStep = 2000;

type ShapeCounts = readonly (readonly [shape: Cell, count: number])[];

/** The custom fields of records, from the SQL function `own_shape`. Each shape is parsed once. */
export class Shapes {
  readonly #fields: CustomField[] = [];
  readonly #numberByField = new Map<string, number>();
  readonly #numbersByShape = new Map<string, readonly number[]>();

  *parseAhead(shapes: ShapeCounts): Generator<void, void, void> {
    for (let start = 0; start < shapes.length; start += shapesPerStep) {
      for (const [shape] of shapes.slice(start, start + shapesPerStep))
        if (typeof shape === 'string') this.#fieldNumbers(shape);
      yield;
    }
  }

  fieldsIn(shapes: ShapeCounts): CustomField[] {
    return [...this.#countFields(shapes)]
      .sort(([a, fieldA], [b, fieldB]) => fieldB.count - fieldA.count || compareCustomNames(a, b))
      .slice(0, maxFields)
      .map(([name, { kinds }]) => ({ name, kind: commonKind(kinds) }))
      .sort((a, b) => compareCustomNames(a.name, b.name));
  }

  kindsOf(name: string, shapes: ShapeCounts): ReadonlySet<CustomKind> {
    return new Set(this.#countFields(shapes).get(name)?.kinds.keys());
  }

  #countFields(shapes: ShapeCounts): Map<string, { kinds: Map<CustomKind, number>; count: number }> {
    if (this.#numbersByShape.size > 2 * shapes.length) this.#clear();
    const counts: number[] = [];
    for (const [shape, count] of shapes) {
      if (typeof shape !== 'string' || count === 0) continue;
      for (const number of this.#fieldNumbers(shape)) counts[number] = (counts[number] ?? 0) + count;
    }
    const fields = new Map<string, { kinds: Map<CustomKind, number>; count: number }>();
    for (const [number, { name, kind }] of this.#fields.entries()) {
      const count = counts[number] ?? 0;
      if (count === 0) continue;
      const field = fields.get(name) ?? { kinds: new Map<CustomKind, number>(), count: 0 };
      field.kinds.set(kind, count);
      field.count += count;
      fields.set(name, field);
    }
    return fields;
  }

  #fieldNumbers(shape: string): readonly number[] {
    const cached = this.#numbersByShape.get(shape);
    if (cached) return cached;
    const numbers = (JSON.parse(shape) as [name: string, kind: CustomKind][]).map(([name, kind]) => {
      const key = `${kind} ${name}`;
      const number = this.#numberByField.get(key) ?? this.#fields.push({ name, kind }) - 1;
      this.#numberByField.set(key, number);
      return number;
    });
    this.#numbersByShape.set(shape, numbers);
    return numbers;
  }

  /** Called when most of the known shapes are no longer used by a record. */
  #clear(): void {
    this.#fields.length = 0;
    this.#numberByField.clear();
    this.#numbersByShape.clear();
  }
}

/** The kind of a field from the counts of its values by kind. A field of mostly days is a date field, even with some words. */
function commonKind(kinds: ReadonlyMap<CustomKind, number>): CustomKind {
  if (kinds.has('json')) return 'json';
  if (kinds.size === 1) return [...kinds.keys()][0] as CustomKind;
  const total = [...kinds.values()].reduce((sum, count) => sum + count, 0);
  return (kinds.get('date') ?? 0) * 2 > total ? 'date' : 'text';
}
