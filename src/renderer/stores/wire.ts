import type { z } from 'zod';
import type { Json } from '#shared/domain/json.ts';

type Wire = z.infer<ReturnType<typeof z.json>>;

/** JSON as the contract's schemas type it: the same values, only that ours may not be written to. */
export function wire(value: Json): Wire {
  return value as Wire;
}

/** The members of an object as the contract types a payload. */
export function wireAll(value: Readonly<Record<string, Json>>): Record<string, Wire> {
  return value as Record<string, Wire>;
}
