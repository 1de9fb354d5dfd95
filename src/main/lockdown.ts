import { shell } from 'electron';
import type { App, Session, WebContents } from 'electron';
import { isWebAddress } from '#shared/domain/web-address.ts';
import { isOwnAddress } from './addresses.ts';
import type { MainLog } from './log.ts';

/** Denies every permission, but for a page of our own to put text on the clipboard when the person asks it to. */
export function denyPermissions(session: Session, own: string): void {
  const granted = (permission: string, address: string): boolean =>
    permission === 'clipboard-sanitized-write' && isOwnAddress(address, own);
  session.setPermissionCheckHandler((_contents, permission, origin) => granted(permission, origin));
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(granted(permission, details.requestingUrl)),
  );
  session.setDevicePermissionHandler(() => false);
}

/**
 * Keeps peer connections, which no content security policy covers, from reaching anybody: without UDP they would use TCP, and that goes to a
 * proxy that is not there. The page itself comes from our own scheme, which knows no proxy.
 */
export async function blockNetwork(session: Session): Promise<void> {
  await session.setProxy({ proxyRules: 'socks5://127.0.0.1:9', proxyBypassRules: '<-loopback>' });
}

/** Keeps every page where it is: no other address, no second window, no embedded page; https links open in the browser. */
export function lockNavigation(app: App, own: string, log: MainLog): void {
  app.on('web-contents-created', (_event, contents: WebContents) => {
    contents.on('will-frame-navigate', (event) => {
      if (event.isMainFrame && isOwnAddress(event.url, own)) return;
      event.preventDefault();
      log.warn('navigation refused', { scheme: schemeOf(event.url) });
    });
    contents.on('will-redirect', (event) => {
      if (!isOwnAddress(event.url, own)) event.preventDefault();
    });
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      void openExternal(url);
      return { action: 'deny' };
    });
  });
}

/** Opens a web address in the system's browser; false for any other, and when there is no browser. */
export async function openExternal(address: string): Promise<boolean> {
  if (!isWebAddress(address)) return false;
  try {
    await shell.openExternal(address);
    return true;
  } catch {
    return false;
  }
}

const schemeOf = (address: string): string => (URL.canParse(address) ? new URL(address).protocol : 'unknown');
