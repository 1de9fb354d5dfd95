import { z } from 'zod';

/**
 * Why something was refused by a process that no operation of the contract reaches: code and data are those of a declared error
 * (`contract/faults.ts`), or INTERNAL with a `reason` of `shellReasons`; `message` is a sentence in English that names no folder.
 */
export const refused = z.object({ code: z.string(), data: z.unknown(), message: z.string() });
export type Refused = z.infer<typeof refused>;

/** What goes wrong outside of core. */
export const shellReasons = [
  'internal',
  'crashed',
  'broken_off',
  'stopped',
  'open',
  'whole',
  'system',
] as const;

/** What goes wrong outside of core, as it is told. */
export function refusedBy(reason: (typeof shellReasons)[number], message: string): Refused {
  return { code: 'INTERNAL', data: { reason }, message };
}
