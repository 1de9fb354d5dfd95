import { z } from 'zod';
import { fileHandle } from './files.ts';

/** Extensions of files that a running FRAMES can open: all import formats. */
export const openableExtensions = [
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
  'html',
  'jsonl',
] as const;

/** Whether a file name has one of the openable extensions. */
export function isOpenable(name: string): boolean {
  const extension = name.slice(name.lastIndexOf('.') + 1).toLowerCase();
  return name.includes('.') && (openableExtensions as readonly string[]).includes(extension);
}

export const MAX_LINK_LENGTH = 4000;

/** Requests of the system to open something: a clicked link, or a file opened with the program or dropped on its icon. */
export const openingEvents = [
  z.object({ kind: z.literal('link'), link: z.string().max(MAX_LINK_LENGTH) }),
  z.object({ kind: z.literal('file'), file: fileHandle }),
  z.object({
    kind: z.literal('unopened'),
    name: z.string(),
    reason: z.enum(['missing', 'link_too_long', 'workspace_gone']),
  }),
] as const;
