import { resolve } from 'node:path';
import { flag } from './args/option.ts';
import type { Context } from './command.ts';

/** A path that a person gave, from the folder that the command was started in. */
export function pathOf(context: Context, given: string): string {
  return resolve(context.folder, given);
}

/** The option of every command that writes a file where a person says. */
export const replace = flag(
  'Replace a file that is there; never one of a workspace, nor an encrypted one by one that is not',
);
