import { z } from 'zod';

/** Which program this is, and what it runs on. */
export const program = z.object({
  /** As `0.1.0`. */
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  /** As `Linux 6.1 (x64)`. */
  system: z.string(),
});
export type Program = z.infer<typeof program>;
