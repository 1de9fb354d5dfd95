import { join } from 'node:path';
import { app, nativeTheme, session } from 'electron';
import type { BrowserWindow } from 'electron';
import type { ShellEvent } from '#shared/shell/events.ts';
import { sampleIn, targetFrom } from './arguments.ts';
import type { Target } from './arguments.ts';
import { createDataProcess } from './data-process.ts';
import { endWell } from './ending.ts';
import { createShellGrants } from './grants.ts';
import { denyPermissions, lockNavigation } from './lockdown.ts';
import { createMainLog } from './log.ts';
import { firstMenu } from './menu-template.ts';
import { showMenu } from './menu.ts';
import { answerPreload } from './ports.ts';
import { serveAssets } from './protocol.ts';
import { reviveWindow } from './revive.ts';
import { openSeatFile } from './seat-file.ts';
import type { ShellServer } from './shell-server.ts';
import { openWindow, paintBackground } from './window.ts';

export interface ShellFiles {
  /** Where the page is: our own scheme, or the development server. */
  address: string;
  /** Folder of the window's built files. */
  renderer: string;
  preload: string;
  /** Built entry of the data process. */
  dataEntry: string;
}

/** The Electron shell: one window, one data process, and what only the system's program can do. */
export function runShell(files: ShellFiles): void {
  const userData = app.getPath('userData');
  const log = createMainLog(join(userData, 'logs', 'main.log'));
  const seat = openSeatFile(join(userData, 'seat.json'), (error) =>
    log.error('seat not written', { error: String(error) }),
  );
  nativeTheme.themeSource = seat.seat.theme;

  denyPermissions(session.defaultSession, files.address);
  lockNavigation(app, files.address, log);
  serveAssets(files.renderer, () => seat.seat);
  showMenu(firstMenu, () => {});

  let window: BrowserWindow | null = null;
  let server: Promise<ShellServer> | undefined;
  const tell = (event: ShellEvent): void => void server?.then((shell) => shell.tell(event));
  const theme = (): ShellEvent => ({
    kind: 'theme',
    theme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light',
  });

  let target = targetFrom(process.argv, process.env, userData, seat.workspace);
  let chosen = false;
  const data = createDataProcess({
    entry: files.dataEntry,
    target,
    log,
    onState(state) {
      tell({ kind: 'data', data: state });
      if (state.state !== 'ready') return;
      // One that could not be opened must not be in the way of the next start.
      if (chosen) seat.choose(target.sample ? null : target.workspace);
      ports.offerData();
    },
  });
  const grants = createShellGrants(data.register);

  // The operations come after the first paint has begun: loading them costs what a person would wait for.
  const shellServer = (): Promise<ShellServer> =>
    (server ??= import('./shell-server.ts').then(({ createShellServer }) =>
      createShellServer({
        window: () => window,
        grants,
        seat: () => seat.seat,
        changeSeat(patch) {
          const changed = seat.change(patch);
          nativeTheme.themeSource = changed.theme;
          return changed;
        },
        setMenu: (model) => showMenu(model, (id) => tell({ kind: 'command', id })),
        restartData: () => data.restart(),
        workspace: {
          window: () => window,
          current: () => target,
          sample: sampleIn(userData),
          open: openInstead,
        },
        standing: () => [theme(), { kind: 'data', data: data.state }],
      }),
    ));
  const ports = answerPreload({
    own: files.address,
    window: () => window,
    data,
    server: shellServer,
    grants,
    log,
  });

  /** All that the page knows is of the workspace before, so it must not reach the next one: it begins anew. */
  function openInstead(next: Target): void {
    target = next;
    chosen = true;
    ports.forgetPage();
    void data.open(next);
    // The page first gets its answer.
    setTimeout(() => window?.webContents.reload(), 50);
  }

  function open(): void {
    window = openWindow({ ...files, place: seat.window, onPlace: (place) => seat.place(place) });
    window.on('closed', () => (window = null));
    reviveWindow(window, log);
  }

  nativeTheme.on('updated', () => {
    if (window) paintBackground(window);
    tell(theme());
  });
  app.on('second-instance', () => {
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.focus();
  });
  app.on('activate', () => {
    if (!window) open();
  });
  // The seat last: a closing page may still be sending what was typed into it.
  endWell({ log, finish: () => data.stop().then(() => seat.flush()) });

  open();
  data.start();
}
