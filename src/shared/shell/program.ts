import { z } from 'zod';

export const program = z.object({
  /** Such as `0.1.0`. */
  version: z.string(),
  electron: z.string(),
  chromium: z.string(),
  node: z.string(),
  /** Such as `Linux 6.1 (x64)`. */
  system: z.string(),
});
export type Program = z.infer<typeof program>;
