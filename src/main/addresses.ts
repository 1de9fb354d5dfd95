/** The origin under which the shell serves the built files of the window. */
export const APP_SCHEME = 'app';
export const APP_HOST = 'frames';
export const APP_ADDRESS = `${APP_SCHEME}://${APP_HOST}/index.html`;

/** Whether `address` belongs to the window. Compares protocol and host: Node's origin of a custom scheme is `null`. */
export function isOwnAddress(address: string, windowAddress: string): boolean {
  const [candidate, reference] = [parse(address), parse(windowAddress)];
  if (!candidate || !reference) return false;
  return candidate.protocol === reference.protocol && candidate.host === reference.host;
}

function parse(address: string): URL | null {
  return URL.canParse(address) ? new URL(address) : null;
}
