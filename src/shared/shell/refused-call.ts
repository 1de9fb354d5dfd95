import { z } from 'zod';

/**
 * An error of a process outside the contract. Code and data are those of a declared error (`contract/faults.ts`), or INTERNAL with a
 * `reason` of `shellReasons`. `message` is an English sentence without paths.
 */
export const refusedCall = z.object({ code: z.string(), data: z.unknown(), message: z.string() });
export type RefusedCall = z.infer<typeof refusedCall>;

export const shellReasons = [
  'internal',
  'crashed',
  'broken_off',
  'stopped',
  'open',
  'whole',
  'system',
] as const;

export function internalRefusal(reason: (typeof shellReasons)[number], message: string): RefusedCall {
  return { code: 'INTERNAL', data: { reason }, message };
}
