import type { Finding } from '#shared/contract/care.ts';
import { isFault } from '#shared/contract/faults.ts';
import type { Services } from '../model/services.ts';
import { troubleOf } from '../kernel/db/file-errors.ts';

/** How the last attempt at the daily backup ended, as long as the workspace is open. */
export class LastDaily {
  #reason: string | null = null;

  /** One was made, or none is due. */
  succeeded(): void {
    this.#reason = null;
  }

  /** It was not made. That somebody was busy, or it was given up, is no failure. */
  failed(error: unknown): void {
    if (isFault(error) && ['BUSY', 'CANCELLED'].includes(error.code)) return;
    if (error instanceof Error && error.name === 'AbortError') return;
    this.#reason = reasonOf(error);
  }

  /** What there is to say about it: nothing while all is well. */
  findings(): Finding[] {
    if (this.#reason === null) return [];
    const state = this.#reason === 'damaged' ? 'bad' : 'warn';
    return [{ id: 'daily', state, code: 'daily.failed', params: { reason: this.#reason } }];
  }
}

const createLastDaily = (): LastDaily => new LastDaily();
export const lastDailyOf = ({ singletons }: Pick<Services, 'singletons'>): LastDaily =>
  singletons.get(createLastDaily);

/** In a word: the reason of a declared error, what SQLite or the system says, else `internal`. */
function reasonOf(error: unknown): string {
  if (isFault(error)) return 'reason' in error.data ? error.data.reason : error.code;
  const code = (error as { code?: unknown } | null)?.code;
  return troubleOf(error)?.reason ?? (typeof code === 'string' ? code : 'internal');
}
