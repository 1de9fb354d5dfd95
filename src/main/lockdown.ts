import { shell } from 'electron';
import type { App, Session, WebContents } from 'electron';
import { isSafeUrl } from '#shared/domain/safe-url.ts';
import { isWebAddress } from '#shared/domain/web-address.ts';
import { isOwnAddress } from './addresses.ts';
import type { MainLog } from './log.ts';
import type { UserActivation } from './user-activation.ts';

/** Denies every permission except clipboard writes by our own page on user action. */
export function denyPermissions(session: Session, windowAddress: string): void {
  const isGranted = (permission: string, address: string): boolean =>
    permission === 'clipboard-sanitized-write' && isOwnAddress(address, windowAddress);
  session.setPermissionCheckHandler((_contents, permission, origin) => isGranted(permission, origin));
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isGranted(permission, details.requestingUrl)),
  );
  session.setDevicePermissionHandler(() => false);
}

/** Sends all traffic to a proxy that does not exist, because no content security policy covers WebRTC. */
export async function blockNetwork(session: Session): Promise<void> {
  await session.setProxy({ proxyRules: 'socks5://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
}

/** Blocks navigation to other addresses, new windows and webviews. Only `openExternal` of the shell opens an address in the browser. */
export function lockNavigation(
  app: App,
  windowAddress: string,
  activation: UserActivation,
  log: MainLog,
): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && isOwnAddress(event.url, windowAddress)) return;
      event.preventDefault();
      log.warn('navigation refused', { scheme: schemeOf(event.url) });
    });
    contents.on('will-redirect', (event) => {
      if (!isOwnAddress(event.url, windowAddress)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      log.warn('new window refused', { scheme: schemeOf(url) });
      return { action: 'deny' };
    });
    contents.on('input-event', (_inputEvent, { type }) => activation.record(type));
  });
}

/**
 * Opens a web address in the browser after an action of the user. False for any other address, without an action, or if no browser starts.
 * The sign-in page of a server on this computer needs no encryption.
 */
export async function openExternal(address: string, activation: UserActivation): Promise<boolean> {
  const isAllowed = isWebAddress(address) || (URL.canParse(address) && isSafeUrl(new URL(address)));
  if (!isAllowed || !activation.consume()) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}

const schemeOf = (address: string): string => (URL.canParse(address) ? new URL(address).protocol : 'unknown');
