import { z } from 'zod';
import { printedPage } from './print.ts';

/** A file that the person chose or dropped. Its path stays with the shell; `grant` lets one operation read it. */
export const fileHandle = z.object({
  grant: z.string(),
  /** The file's own name, without its folder. */
  name: z.string(),
  /** Its size in bytes. */
  bytes: z.number(),
});
export type FileHandle = z.infer<typeof fileHandle>;

/** A place that the person chose to write to; `grant` lets one operation write there. */
export const saveHandle = z.object({ grant: z.string(), name: z.string() });
export type SaveHandle = z.infer<typeof saveHandle>;

/** Most that a window may write at once: bytes of text, or of base64, which is a third more than what it stands for. */
export const longestContent = 96 * 1024 * 1024;

/** What is written to a file: text as UTF-8, bytes, a page as a PDF, or the view in front as a PDF. */
export const fileContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(longestContent) }),
  z.object({ kind: z.literal('bytes'), base64: z.base64().max(longestContent) }),
  z.object({ kind: z.literal('page'), page: printedPage }),
  z.object({ kind: z.literal('view') }),
]);
export type FileContent = z.infer<typeof fileContent>;
