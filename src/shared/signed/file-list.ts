import { z } from 'zod';

export const fileList = z.object({
  version: z.string(),
  /** Paths relative to the program's folder, with `/`. */
  files: z.array(z.object({ path: z.string().min(1), sha256: z.string().regex(/^[0-9a-f]{64}$/) })),
});
export type FileList = z.infer<typeof fileList>;

/** Path of the list, relative to the program's folder. */
export const fileListPath = 'resources/files.json';

/** Files that electron-builder adds after the list is written. None of them is code. */
export const filesAddedLater: ReadonlySet<string> = new Set([
  fileListPath,
  `${fileListPath}.sig`,
  'resources/app-update.yml',
  'resources/package-type',
  'resources/apparmor-profile',
]);
