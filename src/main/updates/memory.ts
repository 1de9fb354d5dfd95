import { readFileSync } from 'node:fs';
import writeFileAtomic from 'write-file-atomic';
import { z } from 'zod';
import { updateProblem } from '#shared/shell/updates.ts';
import { channel } from '#shared/updates/manifest.ts';

const memory = z.object({
  /** Whether the program looks for updates by itself. */
  automatic: z.boolean().default(true),
  channel: channel.default('stable'),
  /** The version that last opened a workspace and ended in order. */
  healthy: z.string().nullable().default(null),
  /** Why an update could not be installed when the program ended. It is told at the next start. */
  problem: updateProblem.nullable().default(null),
  /** The version that last opened each workspace, by its folder. */
  opened: z.record(z.string(), z.string()).default({}),
});
export type UpdateMemory = z.infer<typeof memory>;

/** Reads the file of the update settings; the defaults where there is none or it is damaged. */
export function readMemory(file: string): UpdateMemory {
  try {
    return memory.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return memory.parse({});
  }
}

export const writeMemory = (file: string, content: UpdateMemory): Promise<void> =>
  writeFileAtomic(file, `${JSON.stringify(content, null, 1)}\n`, { mode: 0o600 });
