import type { Missing } from '#shared/contract/salvage.ts';
import { say } from '../i18n/setup.ts';
import { exact } from './time.ts';

/** Which changes are lost, as far as that was written down. */
export function missingText({ since, until }: Missing): string {
  if (until === null) return say('audit:missing.some');
  if (since === null) return say('audit:missing.until', { until: exact(until) });
  return say('audit:missing.between', { since: exact(since), until: exact(until) });
}
