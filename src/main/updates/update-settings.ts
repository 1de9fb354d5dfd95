import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { updateProblem } from '#shared/shell/updates.ts';
import { updateChannel } from '#shared/updates/manifest.ts';

const memorySchema = z.object({
  automatic: z.boolean().default(true),
  channel: updateChannel.default('stable'),
  /** The version that last opened a workspace and exited normally. */
  healthy: z.string().nullable().default(null),
  /** Why the installation on exit failed. Shown at the next start. */
  problem: updateProblem.nullable().default(null),
  /** The version that last opened each workspace, keyed by folder. */
  opened: z.record(z.string(), z.string()).default({}),
});
export type UpdateMemory = z.infer<typeof memorySchema>;

/** Returns the defaults if the file is missing or corrupt. */
export function readMemory(file: string): UpdateMemory {
  try {
    return memorySchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return memorySchema.parse({});
  }
}

export const writeMemory = (file: string, content: UpdateMemory): Promise<void> =>
  writeFileAtomic(file, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
