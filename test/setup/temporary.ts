import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useMemoryFolder } from '#scripts/lib/memory-folder.ts';

/** Gives the run temporary folders, and settings of the computer that are not those of the person who runs it. Returns the clean-up. */
export default function makeTemporaryFolders(): () => void {
  useMemoryFolder();
  const settings = mkdtempSync(join(tmpdir(), 'frames-settings-'));
  process.env['FRAMES_CONFIG'] = settings;
  return () => rmSync(settings, { recursive: true, force: true });
}
