import { verbatim } from '#shared/texts/sentence.ts';
import { withProblem } from '#shared/texts/issues.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { WriteContext } from '../log/commands/write-context.ts';
import type { LocatedRecord } from '../log/records/locate.ts';
import { readTitle } from '../model/titles.ts';

/** Runs the work for one of many records, and adds the record's name to issues of INVALID. */
export function withRecordName<T>(
  write: WriteContext,
  { type, id, payload }: LocatedRecord,
  work: () => T,
): T {
  try {
    return work();
  } catch (error) {
    if (!isFault(error) || !('issues' in error.data)) throw error;
    const title = readTitle(write.db, type, payload) || id;
    const issues = error.data.issues.map((issue) => {
      const problem = issue.problem ?? verbatim(issue.message);
      return withProblem(issue, 'in_record', { problem, title });
    });
    throw new Fault('INVALID', { issues });
  }
}
