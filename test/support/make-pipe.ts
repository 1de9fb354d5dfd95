import { execFileSync } from 'node:child_process';

/** Makes a named pipe, which nothing reads or writes. */
export const makePipe = (path: string): void => void execFileSync('sh', ['-c', 'mkfifo "$0"', path]);
