import type { Finding } from '#shared/contract/care.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Services } from '../model/services.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';

/** The result of the last attempt at the daily backup since opening. */
export class LastDaily {
  #reason: string | null = null;

  /** A backup was made, or none is due. */
  recordSuccess(): void {
    this.#reason = null;
  }

  /** No backup was made. BUSY and CANCELLED do not count. */
  recordFailure(error: unknown): void {
    if (isFault(error) && ['BUSY', 'CANCELLED'].includes(error.code)) return;
    if (error instanceof Error && error.name === 'AbortError') return;
    this.#reason = failureReason(error);
  }

  /** The finding of the last failure; empty after a success. */
  findings(): Finding[] {
    if (this.#reason === null) return [];
    const state = this.#reason === 'damaged' ? 'bad' : 'warn';
    return [{ id: 'daily', state, code: 'daily.failed', params: { reason: this.#reason } }];
  }
}

const createLastDaily = (): LastDaily => new LastDaily();
export const lastDailyOf = ({ singletons }: Pick<Services, 'singletons'>): LastDaily =>
  singletons.get(createLastDaily);

/** The reason of a declared error, the code of SQLite or the system, else `internal`. */
function failureReason(error: unknown): string {
  if (isFault(error)) return 'reason' in error.data ? error.data.reason : error.code;
  const code = (error as { code?: unknown } | null)?.code;
  return troubleOf(error)?.reason ?? (typeof code === 'string' ? code : 'internal');
}
