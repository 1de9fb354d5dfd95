import type { Moment } from '#shared/contract/moments.ts';
import { say } from '../../../i18n/setup.ts';
import { describeTransaction } from '../../../text/audit.ts';
import { whoIs } from '../../../text/who.ts';

/** Names the change that a point in time follows. `me` is the id of the acting profile. */
export function afterText({ label, params, actor }: Moment, me: string | undefined): string {
  return say('past:restore.after', { what: describeTransaction(label, params), who: whoIs(actor, me) });
}
