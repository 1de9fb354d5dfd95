import { titleOf } from '#shared/domain/title.ts';
import { withLive } from '../compare/snapshots.ts';
import { checkCancelled } from '../kernel/progress.ts';
import { actorOf, actingProfile } from '../log/session.ts';
import { withNamesFromLive } from '../model/names-from-live.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { assertCanChange, assertCanWrite } from '../model/permissions.ts';
import { backgroundJob, command, writeJob } from '../model/pipeline.ts';
import { readSandbox } from '../sandboxes/list.ts';
import { listShared, locateShared } from './rows.ts';
import { assertLive, share } from './share-sandbox.ts';
import { copyShared } from './copy-shared.ts';

const os = operationBuilder.sandboxes;

export const sharingHandlers = {
  listShared: os.listShared.handler(({ context: { services } }) =>
    withLive(services, (live) => Promise.resolve(listShared(live))),
  ),
  share: os.share.handler(writeJob(({ input, context }, pace) => share(context, input, pace))),
  addShared: os.addShared.handler(
    backgroundJob(async ({ input: { id, name }, context }, pace) => {
      const { services, session } = context;
      checkCancelled(pace.signal);
      const actor = actorOf(actingProfile(services.read, session));
      assertCanWrite(actor, { type: 'sandbox', id: '' });
      const { moved, problems, ...copy } = await copyShared(context, { id, name, actor }, pace);
      const sandbox = readSandbox(services.read, services.files, 'sandboxes', copy.id);
      return { sandbox: withNamesFromLive(services, sandbox, ({ by }) => [by]), moved, problems };
    }),
  ),
  removeShared: os.removeShared.handler(
    command((write, { id }, { services }) => {
      assertLive(services);
      const shared = locateShared(write.db, id);
      assertCanChange(write.db, write.actor, {
        type: 'shared-sandbox',
        id,
        before: shared.payload,
        after: null,
      });
      write.records.remove(shared);
      const name = titleOf('shared-sandbox', shared.payload);
      write.audit.label('shared-sandbox.delete', { type: 'shared-sandbox', id, title: name });
      return { op_id: write.audit.op_id, name };
    }),
  ),
};
