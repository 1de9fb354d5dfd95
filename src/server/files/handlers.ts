import { forWriters, signedIn } from '../procedures.ts';
import { findMissingFiles, readPart, storePart } from './store.ts';

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
};
