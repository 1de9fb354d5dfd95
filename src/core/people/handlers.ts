import { withFile } from '../kernel/files/with-file.ts';
import { operationBuilder } from '../model/operation-builder.ts';
import { backgroundJob, command, query } from '../model/pipeline.ts';
import { readCleanUp, setCleanUp } from './clean-up.ts';
import { exportPerson } from './export.ts';
import { purgeDeleted } from './purge.ts';

const os = operationBuilder.people;

/** For erasing and finding, which also ask a server, see `sync/people.ts`. */
export const peopleHandlers = {
  exportFile: os.exportFile.handler(
    backgroundJob(({ input: { grant, person, passphrase }, context }, pace) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) =>
        exportPerson(context, { person, path, passphrase, replace: true }, pace),
      ),
    ),
  ),
  cleanUp: os.cleanUp.handler(query((db) => readCleanUp(db))),
  setCleanUp: os.setCleanUp.handler(
    command((write, request, context) => {
      const { policy, changed: isChanged } = setCleanUp(write, request, context.services);
      return { policy, op_id: isChanged ? write.audit.op_id : null };
    }),
  ),
  purge: os.purge.handler(backgroundJob(({ input, context }, pace) => purgeDeleted(context, input, pace))),
};
