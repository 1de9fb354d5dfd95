import type { z } from 'zod';
import type { Json } from '#shared/domain/json.ts';

type Wire = z.infer<ReturnType<typeof z.json>>;

/** An object of JSON as the contract's schemas type a payload: the same values, only that ours may not be written to. */
export function wireAll(value: Readonly<Record<string, Json>>): Record<string, Wire> {
  return value as Record<string, Wire>;
}
