import type { Migration } from '../local/index.ts';
import * as server from './0001-server.ts';
import * as acting from './0002-acting.ts';

/** The steps of the server's database, each immutable once shipped. */
export const remoteMigrations: readonly Migration[] = [
  { version: 1, name: 'server', ...server },
  { version: 2, name: 'acting', ...acting },
];
