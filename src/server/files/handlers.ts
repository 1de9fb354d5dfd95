import { forWriters, signedIn } from '../procedures.ts';
import { findMissingFiles, readPart, storePart } from './store.ts';

/** Handlers of document files, which are transferred in parts. */
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
