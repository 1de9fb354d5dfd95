import { forWriters, signedIn } from '../procedures.ts';
import { checkReportedFile, findMissingFiles, readPart, storePart } from './store.ts';

/** Operations of the budget that hashing a file costs, because it reads up to 100 MB. */
const checkCost = 100;

export const fileHandlers = {
  missing: signedIn.files.missing.handler(async ({ input, context: { services, caller } }) => ({
    missing: await findMissingFiles(services, caller, input.hashes),
  })),
  store: forWriters.files.store.handler(async ({ input, context: { services, caller } }) => ({
    complete: await storePart(services, caller, input),
  })),
  read: signedIn.files.read.handler(({ input, context: { services, caller } }) =>
    readPart(services, caller, input),
  ),
  check: signedIn.files.check.handler(async ({ input, context: { services, caller, limits } }) => {
    await limits.charge('operations', caller.id, checkCost);
    return { intact: await checkReportedFile(services, caller, input.id) };
  }),
};
