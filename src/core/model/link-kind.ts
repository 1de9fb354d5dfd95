import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';

/** The type of the record with an id, deleted or not. */
type TypeOf = (id: string) => string | null | undefined;

function kindOfEnds({ from, to }: JsonObject, typeOf: TypeOf): string | null {
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  const [fromType, toType] = [typeOf(from), typeOf(to)];
  return fromType && toType ? interfaceKind(fromType, toType) : null;
}

/** The new kind of an interface whose ends changed, if its kind described the old ends; undefined to keep it. */
export function updatedKind(
  before: JsonObject,
  after: JsonObject,
  typeOf: TypeOf,
): string | null | undefined {
  const oldKind = kindOfEnds(before, typeOf);
  const newKind = kindOfEnds(after, typeOf);
  return oldKind === newKind || (before.interface_type ?? null) !== oldKind ? undefined : newKind;
}

export function withKind(payload: JsonObject, kind: string | null | undefined): JsonObject {
  if (kind === undefined) return payload;
  const { interface_type: _, ...otherFields } = payload;
  return kind === null ? otherFields : { ...payload, interface_type: kind };
}
