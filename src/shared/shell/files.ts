import { z } from 'zod';
import { printedPage } from './print.ts';

/** A chosen or dropped file. Its path stays in the shell; `grant` lets one operation read it. */
export const fileHandle = z.object({
  grant: z.string(),
  /** The file name without its folder. */
  name: z.string(),
  bytes: z.number(),
});
export type FileHandle = z.infer<typeof fileHandle>;

/** A chosen location to write to; `grant` lets one operation write there. */
export const saveHandle = z.object({ grant: z.string(), name: z.string() });
export type SaveHandle = z.infer<typeof saveHandle>;

/** Maximum length of a write by the window in UTF-16 units, of text or of base64. Base64 is a third longer than its content. */
export const maxContentLength = 96 * 1024 * 1024;

/** File content: text as UTF-8, bytes, a page as PDF, or the current view as PDF. */
export const fileContent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('text'), text: z.string().max(maxContentLength) }),
  z.object({ kind: z.literal('bytes'), base64: z.base64().max(maxContentLength) }),
  z.object({ kind: z.literal('page'), page: printedPage }),
  z.object({ kind: z.literal('view') }),
]);
export type FileContent = z.infer<typeof fileContent>;
