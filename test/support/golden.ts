import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { testFolder } from './folder.ts';
import { resources } from './reset.ts';

// Processes that tests start are without the tests' own tools: these come from where they can have them too.
export { resetHere, resources } from './reset.ts';

/** A copy of what comes with the program, to spoil. */
export function ownResources(): string {
  const folder = join(testFolder(), 'resources');
  cpSync(resources, folder, { recursive: true });
  return folder;
}
