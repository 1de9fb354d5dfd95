import type { Backup } from '#shared/contract/backups.ts';
import { momentToSecond } from '../../text/formats.ts';

/** What a backup is called: when it was made, to the second, so that those of one minute are told apart; else its id. */
export const named = ({ id, made }: Pick<Backup, 'id' | 'made'>): string =>
  made === null ? id : momentToSecond(made);
