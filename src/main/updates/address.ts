import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where updates are published, with a slash at its end: FRAMES_UPDATES_URL, as of a mirror, else the address that was built in. */
export function addressFrom(env: NodeJS.ProcessEnv, builtIn: string): string {
  const given = env['FRAMES_UPDATES_URL'];
  if (given === undefined || !isSafe(given)) return builtIn;
  return given.endsWith('/') ? given : `${given}/`;
}

/** The manifest is signed, but plain HTTP would tell everybody on the way which version runs. */
function isSafe(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { protocol, hostname } = new URL(address);
  return (
    protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', '[::1]', 'localhost'].includes(hostname))
  );
}

/** The address in the package.json of a packaged program; empty for one that runs from sources. */
export function builtInAddress(folder: string): string {
  const text = readFileSync(join(folder, 'package.json'), 'utf8');
  return (JSON.parse(text) as { updates?: { url: string } }).updates?.url ?? '';
}
