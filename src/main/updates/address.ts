import { join } from 'node:path';
import { readShippedSync } from '#files/open-file.ts';
import { isSafeUrl } from '#shared/domain/safe-url.ts';

/** The update address, with a trailing slash. FRAMES_UPDATES_URL overrides it, for example for a mirror. */
export function updateAddress(env: NodeJS.ProcessEnv, builtIn: string): string {
  const override = env['FRAMES_UPDATES_URL'];
  // The manifest is signed, but plain HTTP would reveal the requested version to the network.
  if (override === undefined || !URL.canParse(override) || !isSafeUrl(new URL(override))) return builtIn;
  return override.endsWith('/') ? override : `${override}/`;
}

/** The update address from package.json; empty when run from sources. */
export function builtInAddress(folder: string): string {
  const text = readShippedSync(join(folder, 'package.json'));
  return (JSON.parse(text) as { updates?: { url: string } }).updates?.url ?? '';
}
