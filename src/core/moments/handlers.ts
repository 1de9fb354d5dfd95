import type { Checkpoint, Moment } from '#shared/contract/moments.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import { invalidFault } from '../model/validate.ts';
import { operationBuilder } from '../model/implement.ts';
import { writeJob, longQuery, query } from '../model/pipeline.ts';
import { withGuests } from '../model/guest-names.ts';
import type { CallContext, Services } from '../model/services.ts';
import { listCheckpoints, nameMoment, removeCheckpoint, renameCheckpoint } from './checkpoints.ts';
import { momentOf, pointAt } from './point.ts';
import { listMoments, momentRange, openedMoment, resolveMoment } from './queries.ts';
import { restoreMoment } from './restore.ts';

const os = operationBuilder.moments;
const marks = operationBuilder.checkpoints;

/** Runs the call on the present database, which has the whole log and can be written. */
const atHome = ({ session, services }: CallContext): CallContext => ({ session, services: services.home });

const named = (services: Services, moment: Moment): Moment =>
  withGuests(services, moment, ({ actor }) => [actor]);

export const momentHandlers = {
  resolve: os.resolve.handler(
    query((_, { at }, { services }) => named(services, resolveMoment(services.home.read, at))),
  ),
  opened: os.opened.handler(
    query((_db, _input, { services }) =>
      withGuests(services, openedMoment(services), ({ moment, newest }) => [moment?.actor, newest.actor]),
    ),
  ),
  range: os.range.handler(
    longQuery(function* (_, input, { services }) {
      const range = yield* momentRange(services.home.read, input);
      return withGuests(services, range, ({ first, last }) => [first.actor, last.actor]);
    }),
  ),
  list: os.list.handler(
    longQuery(function* (_, input, { services }) {
      const page = yield* listMoments(services, input);
      return withGuests(services, page, ({ rows }) => rows.map(({ actor }) => actor));
    }),
  ),
  go: os.go.handler(async ({ input, context: { services } }) => {
    if (!services.moment) throw noneOpen();
    const { id } = await services.moment.go(input.at);
    return named(services, momentOf(services.home.read, id));
  }),
  restore: os.restore.handler(
    writeJob(({ input, context }, pace) => restoreMoment(atHome(context), input, pace)),
  ),
};

export const checkpointHandlers = {
  list: marks.list.handler(
    query((_db, _input, { services }) =>
      withGuests(services, listCheckpoints(services.home.read), (all) => all.map(({ by }) => by)),
    ),
  ),
  create: marks.create.handler(({ input: { name, at }, context }) =>
    marked(context, (write) => {
      const { moment } = context.services;
      return nameMoment(write, name, at === 'now' && moment ? moment.point : pointAt(write.db, at));
    }),
  ),
  rename: marks.rename.handler(({ input: { id, name }, context }) =>
    marked(context, (write) => renameCheckpoint(write, id, name)),
  ),
  remove: marks.remove.handler(({ input: { id }, context }) =>
    marked(context, (write) => removeCheckpoint(write, id)),
  ),
};

async function marked(
  { services, session }: CallContext,
  write: (write: WriteContext) => Checkpoint,
): Promise<Checkpoint> {
  const checkpoint = await services.home.queue.command(session, write);
  return withGuests(services, checkpoint, ({ by }) => [by]);
}

function noneOpen() {
  return invalidFault([{ path: 'at', code: 'target', message: 'No moment is open' }]);
}
