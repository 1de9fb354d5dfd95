import type { Missing } from '#shared/contract/salvage.ts';
import { say } from '../i18n/setup.ts';
import { exact } from './time.ts';

/** The range of lost changes, as far as it is known. */
export function missingText({ since, until, maybe }: Missing): string {
  if (maybe === true) {
    if (until === null) return say('audit:missing.maybe');
    if (since === null) return say('audit:missing.maybeUntil', { until: exact(until) });
    return say('audit:missing.maybeBetween', { since: exact(since), until: exact(until) });
  }
  if (until === null) return say('audit:missing.some');
  if (since === null) return say('audit:missing.until', { until: exact(until) });
  return say('audit:missing.between', { since: exact(since), until: exact(until) });
}
