import type { Backup } from '#shared/contract/backups.ts';
import { momentToSecond } from '../../text/formats.ts';

/** A backup's name: its time with seconds, else its id. */
export const named = ({ id, made }: Pick<Backup, 'id' | 'made'>): string =>
  made === null ? id : momentToSecond(made);
