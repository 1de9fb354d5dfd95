import { z } from 'zod';
import { replaceFile } from '#files/replace-file.ts';
import { updateProblem } from '#shared/shell/updates.ts';
import { updateChannel } from '#shared/updates/manifest.ts';
import { readStored } from '../stored-file.ts';

const memorySchema = z.object({
  automatic: z.boolean().default(true),
  channel: updateChannel.default('stable'),
  /** The highest version of a manifest, keyed by channel. */
  seen: z.partialRecord(updateChannel, z.string()).default({}),
  /** The version that last opened a workspace and exited normally. */
  healthy: z.string().nullable().default(null),
  /** Why the installation on exit failed. Shown at the next start. */
  problem: updateProblem.nullable().default(null),
  /** The version that last opened each workspace, keyed by folder. */
  opened: z.record(z.string(), z.string()).default({}),
});
export type UpdateMemory = z.infer<typeof memorySchema>;

export const readMemory = (file: string): UpdateMemory => readStored(file, memorySchema);

export const writeMemory = (file: string, content: UpdateMemory): Promise<void> =>
  replaceFile(file, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
