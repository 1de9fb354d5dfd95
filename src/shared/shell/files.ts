import { z } from 'zod';

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
