import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The update address, with a trailing slash. FRAMES_UPDATES_URL overrides it, for example for a mirror. */
export function updateAddress(env: NodeJS.ProcessEnv, builtIn: string): string {
  const override = env['FRAMES_UPDATES_URL'];
  if (override === undefined || !isSafe(override)) return builtIn;
  return override.endsWith('/') ? override : `${override}/`;
}

/** The manifest is signed, but plain HTTP would reveal the requested version to the network. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  );
}

/** The update address from package.json; empty when run from sources. */
export function builtInAddress(folder: string): string {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { updates?: { url: string } }).updates?.url ?? '';
}
