import { ORPCError } from '@orpc/client';
import { jobKindNames } from '#shared/contract/jobs.ts';
import type { Job } from '#shared/contract/job.ts';
import { say } from '../../i18n/setup.ts';
import { describeError } from '../../text/faults.ts';

export function jobName({ kind }: Pick<Job, 'kind'>): string {
  return say(`jobs:kind.${jobKindNames.find((known) => known === kind) ?? 'other'}`);
}

/** Why the last attempt failed, in one or two sentences; null if none has. */
export function errorText({ error }: Pick<Job, 'error'>): string | null {
  if (!error) return null;
  const { code, message, data } = error;
  if (code === 'LAPSED') return say('jobs:lapsed');
  const { title, detail } = describeError(new ORPCError(code, { message, data, defined: true }));
  return detail === null ? title : `${title}: ${detail}`;
}
