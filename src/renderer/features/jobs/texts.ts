import type { Job } from '#shared/contract/jobs.ts';
import { ORPCError } from '@orpc/client';
import { jobKindNames } from '#shared/contract/jobs.ts';
import { say } from '../../i18n/setup.ts';
import { lookUp } from '../../text/names.ts';
import { describeError } from '../../text/faults.ts';

/** "Import file: frames_data.json"; with the university if `universities` has its name. */
export function jobName(
  { kind, about }: Pick<Job, 'kind'> & Partial<Pick<Job, 'about'>>,
  universities?: ReadonlyMap<string, string>,
): string {
  const name = say(`jobs:kind.${jobKindNames.find((candidate) => candidate === kind) ?? 'other'}`);
  if (!about) return name;
  const parts = [
    about.file,
    about.question && (lookUp(`insights:tab.${about.question}`) ?? about.question),
    about.repository,
    universities?.get(about.university ?? ''),
  ].filter(Boolean);
  return parts.length === 0 ? name : say('jobs:about', { job: name, about: parts.join(' · ') });
}

export function errorText({ error }: Pick<Job, 'error'>): string | null {
  if (!error) return null;
  const { code, message, data } = error;
  if (code === 'LAPSED') return say('jobs:lapsed');
  const { title, detail } = describeError(new ORPCError(code, { message, data, defined: true }));
  return detail === null ? title : `${title}: ${detail}`;
}
