import { interfaceKind } from '#shared/domain/interfaces.ts';
import type { JsonObject } from '#shared/domain/json.ts';

/** The type of the record that an id names, deleted or not. */
type TypeOf = (id: string) => string | null | undefined;

function kindOfEnds({ from, to }: JsonObject, typeOf: TypeOf): string | null {
  if (typeof from !== 'string' || typeof to !== 'string') return null;
  const [one, other] = [typeOf(from), typeOf(to)];
  return one && other ? interfaceKind(one, other) : null;
}

/**
 * An interface whose kind says what its ends are goes on saying so when they become records of other types: its new kind, null for none,
 * undefined where the kind stays as it is. One that says something else was meant so. It is for who changes the ends without naming the
 * kind, in the same change.
 */
export function followingKind(
  before: JsonObject,
  after: JsonObject,
  typeOf: TypeOf,
): string | null | undefined {
  const was = kindOfEnds(before, typeOf);
  const is = kindOfEnds(after, typeOf);
  return was === is || (before.interface_type ?? null) !== was ? undefined : is;
}

/** The payload with what `followingKind` says. */
export function withKind(payload: JsonObject, kind: string | null | undefined): JsonObject {
  if (kind === undefined) return payload;
  const { interface_type: _, ...rest } = payload;
  return kind === null ? rest : { ...payload, interface_type: kind };
}
