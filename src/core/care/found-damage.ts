import type { Finding, Health } from '#shared/contract/care.ts';
import { troubleOf } from '../db/trouble.ts';

/** Whether pages of the file were found that SQLite cannot read, or that are not as they should be. */
export const foundDamage = ({ findings }: Health): boolean => findings.some(isDamage);

function isDamage({ state, code, params }: Finding): boolean {
  if (state !== 'bad') return false;
  if (code === 'file.damaged' || code === 'integrity.damaged') return true;
  // A full disk too keeps from reading.
  return code.endsWith('.unreadable') && troubleOf({ code: params['error'] })?.reason === 'damaged';
}
