import { issueWithCode } from '#shared/texts/issues.ts';
import type { Checkpoint, Moment } from '#shared/contract/moments.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { invalidFault } from '../model/validate.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { writeJob, longQuery, query } from '../model/pipeline.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import type { CallContext, Services } from '../model/services.ts';
import { listCheckpoints, createCheckpoint, removeCheckpoint, renameCheckpoint } from './checkpoints.ts';
import { readPointDetails, pointAt } from './point.ts';
import { listPoints, pointRange, readOpenPoint, resolvePoint } from './queries.ts';
import { restoreToPoint } from './restore.ts';

const os = operationBuilder.moments;
const checkpoints = operationBuilder.checkpoints;

/** The same call for the present workspace, which has the whole log and can be written. */
const toHomeCall = ({ session, services }: CallContext): CallContext => ({
  session,
  services: services.home,
});

const withActorName = (services: Services, moment: Moment): Moment =>
  withNamesFromLive(services, moment, ({ actor }) => [actor]);

export const momentHandlers = {
  resolve: os.resolve.handler(
    query((_, { at }, { services }) => withActorName(services, resolvePoint(services.home.read, at))),
  ),
  current: os.current.handler(
    query((_db, _input, { services }) =>
      withNamesFromLive(services, readOpenPoint(services), ({ moment, newest }) => [
        moment?.actor,
        newest.actor,
      ]),
    ),
  ),
  range: os.range.handler(
    longQuery(function* (_, input, { services }) {
      const range = yield* pointRange(services.home.read, input);
      return withNamesFromLive(services, range, ({ first, last }) => [first.actor, last.actor]);
    }),
  ),
  list: os.list.handler(
    longQuery(function* (_, input, { services }) {
      const page = yield* listPoints(services, input);
      return withNamesFromLive(services, page, ({ rows }) => rows.map(({ actor }) => actor));
    }),
  ),
  open: os.open.handler(async ({ input, context: { services } }) => {
    if (!services.moment) throw notOpenFault();
    const { id } = await services.moment.moveTo(input.at);
    return withActorName(services, readPointDetails(services.home.read, id));
  }),
  restore: os.restore.handler(
    writeJob(({ input, context }, pace) => restoreToPoint(toHomeCall(context), input, pace)),
  ),
};

export const checkpointHandlers = {
  list: checkpoints.list.handler(
    query((_db, _input, { services }) =>
      withNamesFromLive(services, listCheckpoints(services.home.read), (all) => all.map(({ by }) => by)),
    ),
  ),
  create: checkpoints.create.handler(({ input: { name, at }, context }) =>
    writeCheckpoint(context, (write) => {
      const { moment } = context.services;
      return createCheckpoint(write, name, at === 'now' && moment ? moment.point : pointAt(write.db, at));
    }),
  ),
  rename: checkpoints.rename.handler(({ input: { id, name }, context }) =>
    writeCheckpoint(context, (write) => renameCheckpoint(write, id, name)),
  ),
  remove: checkpoints.remove.handler(({ input: { id }, context }) =>
    writeCheckpoint(context, (write) => removeCheckpoint(write, id)),
  ),
};

async function writeCheckpoint(
  { services, session }: CallContext,
  change: (write: WriteContext) => Checkpoint,
): Promise<Checkpoint> {
  const checkpoint = await services.home.queue.command(session, change);
  return withNamesFromLive(services, checkpoint, ({ by }) => [by]);
}

function notOpenFault() {
  return invalidFault([issueWithCode('at', 'target', 'no_open_point')]);
}
