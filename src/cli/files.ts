import { resolve } from 'node:path';
import type { Context } from './command.ts';

/** A path that a person gave, from the folder that the command was started in. */
export function pathOf(context: Context, given: string): string {
  return resolve(context.folder, given);
}
