import { z } from 'zod';
import { fileHandle } from './files.ts';

/** Endings of the files that may be handed to a running FRAMES: what can be imported. */
export const openableEndings = [
  'json',
  'csv',
  'tsv',
  'xlsx',
  'frames',
  'gexf',
  'graphml',
  'cyjs',
  'gml',
  'net',
] as const;

/** Whether a file's name has one of those endings. */
export function isOpenable(name: string): boolean {
  const ending = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return name.includes('.') && (openableEndings as readonly string[]).includes(ending);
}

/** The longest link that is taken, in characters. */
export const LONGEST_LINK = 4000;

/** What the system asks the program to open: a link was clicked, a file opened with it or dropped on its sign. */
export const openingEvents = [
  z.object({ kind: z.literal('link'), link: z.string().max(LONGEST_LINK) }),
  z.object({ kind: z.literal('file'), file: fileHandle }),
  z.object({
    kind: z.literal('unopened'),
    name: z.string(),
    reason: z.enum(['missing', 'link_too_long', 'workspace_gone']),
  }),
] as const;
