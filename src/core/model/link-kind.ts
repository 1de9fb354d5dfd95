import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';

/** The type of the record with an id, deleted or not. */
type TypeOf = (id: string) => string | null | undefined;

function kindOfEnds({ from, to }: JsonObject, typeOf: TypeOf): string | null {
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  const [one, other] = [typeOf(from), typeOf(to)];
  return one && other ? interfaceKind(one, other) : null;
}

/** The new kind of an interface whose ends changed, if its kind described the old ends; undefined to keep it. */
export function followingKind(
  before: JsonObject,
  after: JsonObject,
  typeOf: TypeOf,
): string | null | undefined {
  const was = kindOfEnds(before, typeOf);
  const is = kindOfEnds(after, typeOf);
  return was === is || (before.interface_type ?? null) !== was ? undefined : is;
}

export function withKind(payload: JsonObject, kind: string | null | undefined): JsonObject {
  if (kind === undefined) return payload;
  const { interface_type: _, ...rest } = payload;
  return kind === null ? rest : { ...payload, interface_type: kind };
}
