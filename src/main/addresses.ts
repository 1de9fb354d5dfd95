/** The scheme and host under which the shell serves the window's own files. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'frames';
export const APP_ADDRESS = `${APP_SCHEME}://${APP_HOST}/index.html`;

/**
 * True for an address of the window's own files. `own` is APP_ADDRESS, or the development server's. Compared by protocol and
 * host, because Node gives every custom scheme the origin `null`.
 */
export function isOwnAddress(address: string, own: string): boolean {
  const [candidate, reference] = [parse(address), parse(own)];
  if (!candidate || !reference) return false;
  return candidate.protocol === reference.protocol && candidate.host === reference.host;
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
