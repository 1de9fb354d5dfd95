import { join } from 'node:path';
import { app } from 'electron';
import { APP_ADDRESS } from './addresses.ts';
import { openInbox } from './links.ts';
import { registerScheme } from './protocol.ts';
import { runShell } from './run-shell.ts';

const out = join(import.meta.dirname, '..');

/** The development server's address when electron-vite runs one; never in a packaged build. */
const address = (app.isPackaged ? undefined : process.env['ELECTRON_RENDERER_URL']) ?? APP_ADDRESS;

const start = { argv: process.argv, folder: process.cwd() };

if (app.requestSingleInstanceLock(start)) {
  // Before anything else: the system may ask for a link or a file before the application is ready.
  const inbox = openInbox(app, start);
  registerScheme();
  // Root on Linux has to start without Chromium's sandbox; asking for it then would end every child process.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  void app.whenReady().then(() =>
    runShell({
      address,
      inbox,
      renderer: join(out, 'renderer'),
      preload: join(out, 'preload', 'index.cjs'),
      icon: join(out, 'resources', 'icons', '512.png'),
      dataEntry: join(import.meta.dirname, 'data.js'),
    }),
  );
} else {
  app.quit();
}
