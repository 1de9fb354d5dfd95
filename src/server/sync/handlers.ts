import { ServerFault } from '#shared/contract/server/faults.ts';
import { operationSchema } from '#shared/sync/operation.ts';
import { lastDamageTime } from '../files/store.ts';
import { signedIn } from '../procedures.ts';
import { userById } from '../users/store.ts';
import { readServer } from './postgres-storage.ts';
import { digestRanges, pullOperations, readErasures, readStates, scopeOf, snapshotPage } from './pull.ts';
import { pushOperations } from './push.ts';

/** Clients of schema 1 know no CLIENT_OUTDATED, and would say that this is no FRAMES server. */
function outdatedFault(schema: number): ServerFault {
  const fault = new ServerFault('CLIENT_OUTDATED', { schema: operationSchema });
  fault.isUnknownToCaller = schema === 1;
  return fault;
}

export const syncHandlers = {
  hello: signedIn.sync.hello.handler(async ({ input, context }) => {
    const { services, caller } = context;
    // Older clients could not read newer record types.
    if (input.schema < operationSchema) throw outdatedFault(input.schema);
    const { database } = services;
    const [row, user, files_damaged] = await Promise.all([
      readServer(database),
      userById(database, caller.id),
      lastDamageTime(database),
    ]);
    return {
      server_id: row.server_id,
      generation: row.generation,
      lineage: row.lineage,
      head: { seq: row.head_seq, hash: row.head_hash },
      scope: scopeOf(caller, input.share),
      user,
      schema: operationSchema,
      now: services.now(),
      files_damaged,
      own_approval: services.config.ownApproval,
    };
  }),
  push: signedIn.sync.push.handler(async ({ input, context }) => {
    // The request itself pays for one operation.
    const extraOperations = input.operations.length - 1;
    if (extraOperations > 0) await context.limits.charge('operations', context.caller.id, extraOperations);
    return pushOperations(context.services, context.caller, input);
  }),
  pull: signedIn.sync.pull.handler(({ input, context }) =>
    pullOperations(context.services, context.caller, input),
  ),
  records: signedIn.sync.records.handler(({ input, context }) =>
    readStates(context.services, context.caller, input),
  ),
  snapshot: signedIn.sync.snapshot.handler(({ input, context }) =>
    snapshotPage(context.services, context.caller, input),
  ),
  erasures: signedIn.sync.erasures.handler(({ context }) => readErasures(context.services, context.caller)),
  digest: signedIn.sync.digest.handler(({ input, context }) =>
    digestRanges(context.services, context.caller, input),
  ),
};
