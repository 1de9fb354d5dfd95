import { Fault, isFault, reasonOf } from '#shared/contract/faults.ts';

/** What was thrown where a sandbox's file was read beside live: of damage it is said that it is the sandbox's. Anything else is as it was. */
export function ofSandbox(error: unknown): unknown {
  if (!isFault(error) || error.code !== 'WORKSPACE' || reasonOf(error) !== 'damaged') return error;
  return new Fault('WORKSPACE', error.message, { reason: 'sandbox_damaged' });
}
