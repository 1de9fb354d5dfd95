import { join } from 'node:path';
import { z } from 'zod';
import type { WorkspaceFiles } from '../kernel/db/files.ts';
import { readSmallFile, writeSmallFile } from '../kernel/regular-file.ts';

/**
 * Settings of this computer, in the folder of the workspace file, never synced or backed up: where repositories are, and the names of authors by their
 * keys in maps. The names of erased people do not come back with the next scan.
 */
const settingsSchema = z.object({
  folders: z.record(z.string(), z.string()).default({}),
  names: z.record(z.string(), z.string()).default({}),
  erased: z.array(z.string()).default([]),
});
export type CodeSettings = z.infer<typeof settingsSchema>;

const pathOf = ({ folder }: Pick<WorkspaceFiles, 'folder'>): string => join(folder, 'repositories.json');

/** Empty if there is no file, or none that can be read. */
export function readCodeSettings(files: Pick<WorkspaceFiles, 'folder'>): CodeSettings {
  try {
    return settingsSchema.parse(JSON.parse(readSmallFile(pathOf(files))));
  } catch {
    return settingsSchema.parse({});
  }
}

/** Throws WORKSPACE if the file cannot be replaced. */
export function changeCodeSettings(
  files: Pick<WorkspaceFiles, 'folder'>,
  change: (settings: CodeSettings) => CodeSettings,
): void {
  const settings = change(readCodeSettings(files));
  const names = Object.entries(settings.names).filter(([key]) => !settings.erased.includes(key));
  writeSmallFile(pathOf(files), `${JSON.stringify({ ...settings, names: Object.fromEntries(names) })}\n`);
}
