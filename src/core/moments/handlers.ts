import { invalid } from '../entities/validate.ts';
import { operations } from '../implement.ts';
import { job, longQuery, query } from '../pipeline.ts';
import { completed, streamed } from '../progress.ts';
import type { CallContext } from '../services.ts';
import { listCheckpoints, nameMoment, removeCheckpoint, renameCheckpoint } from './checkpoints.ts';
import { differencesPage } from './differences.ts';
import { momentOf, pointAt } from './point.ts';
import { listMoments, momentRange, openedMoment, resolveMoment } from './queries.ts';
import { restoreMoment } from './restore.ts';

const os = operations.moments;
const named = operations.checkpoints;

/** The call as one of what the open moment is of: there is all of the log, and there is written. */
const atHome = ({ session, services }: CallContext): CallContext => ({ session, services: services.home });

export const momentHandlers = {
  resolve: os.resolve.handler(query((_, { at }, { services }) => resolveMoment(services.home.read, at))),
  opened: os.opened.handler(query((_db, _input, { services }) => openedMoment(services))),
  range: os.range.handler(longQuery((_, input, { services }) => momentRange(services.home.read, input))),
  list: os.list.handler(longQuery((_, input, { services }) => listMoments(services, input))),
  go: os.go.handler(async ({ input, context: { services } }) => {
    if (!services.moment) throw noneOpen();
    const { id } = await services.moment.go(input.at);
    return momentOf(services.home.read, id);
  }),
  differences: os.differences.handler(
    job(({ input, context: { services }, signal }) => {
      const { read, source } = services.home;
      return services.jobs.stream((tell, given) => {
        const pace = { step: 'checking', total: null, clock: source.clock, signal: given };
        return completed(streamed(differencesPage(read, input), pace), tell);
      }, signal);
    }),
  ),
  restore: os.restore.handler(
    job(({ input, context, signal }) => restoreMoment(atHome(context), input, signal)),
  ),
};

export const checkpointHandlers = {
  list: named.list.handler(query((_db, _input, { services }) => listCheckpoints(services.home.read))),
  create: named.create.handler(({ input: { name, at }, context: { services, session } }) =>
    services.home.queue.command(session, (write) => {
      const here = at === 'now' && services.moment ? services.moment.point : pointAt(write.db, at);
      return nameMoment(write, name, here);
    }),
  ),
  rename: named.rename.handler(({ input: { id, name }, context: { services, session } }) =>
    services.home.queue.command(session, (write) => renameCheckpoint(write, id, name)),
  ),
  remove: named.remove.handler(({ input: { id }, context: { services, session } }) =>
    services.home.queue.command(session, (write) => removeCheckpoint(write, id)),
  ),
};

function noneOpen() {
  return invalid([{ path: 'at', code: 'target', message: 'No moment is open. Nothing was changed.' }]);
}
