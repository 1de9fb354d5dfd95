import { withFile } from '../kernel/files/with-file.ts';
import { operations } from '../model/implement.ts';
import { command, job, query } from '../model/pipeline.ts';
import { readCleanUp, setCleanUp } from './clean-up.ts';
import { erasePerson } from './erase.ts';
import { exportPerson } from './export.ts';
import { findOccurrences } from './find.ts';
import { purgeDeleted } from './purge.ts';

const os = operations.people;

export const peopleHandlers = {
  find: os.find.handler(
    job(({ input, context: { services }, signal }) =>
      services.jobs.stream(
        (tell, given) => findOccurrences(services, input.person, { tell, signal: given }),
        signal,
      ),
    ),
  ),
  exportFile: os.exportFile.handler(
    job(({ input: { grant, person, passphrase }, context, signal }) =>
      withFile(context.services.grants, { grant, use: 'write' }, (path) =>
        exportPerson(context, { person, path, passphrase, replace: true }, signal),
      ),
    ),
  ),
  erase: os.erase.handler(job(({ input, context, signal }) => erasePerson(context, input, signal))),
  cleanUp: os.cleanUp.handler(query((db) => readCleanUp(db))),
  setCleanUp: os.setCleanUp.handler(
    command((write, wanted, context) => {
      const { policy, changed } = setCleanUp(write, wanted, context.services);
      return { policy, op_id: changed ? write.audit.op_id : null };
    }),
  ),
  purge: os.purge.handler(job(({ input, context, signal }) => purgeDeleted(context, input, signal))),
};
