import { join } from 'node:path';
import { app, nativeTheme, session } from 'electron';
import type { BrowserWindow } from 'electron';
import type { ShellEvent } from '#shared/shell/events.ts';
import { sampleIn, targetFrom } from './arguments.ts';
import type { Target } from './arguments.ts';
import { createDataProcess } from './data-process.ts';
import { createDelivery } from './deliver.ts';
import { endWell } from './ending.ts';
import { createShellGrants } from './grants.ts';
import { registerLinks } from './links.ts';
import type { Inbox } from './links.ts';
import type { Opening } from './openings.ts';
import { denyPermissions, lockNavigation } from './lockdown.ts';
import { createMainLog } from './log.ts';
import { firstMenu } from './menu-template.ts';
import type { Menus } from '#shared/shell/menu.ts';
import { showMenu } from './menu.ts';
import { answerPreload } from './ports.ts';
import { serveAssets } from './protocol.ts';
import { describeRecent, recentId } from './recent.ts';
import { followRestores } from './restores.ts';
import { reviveWindow } from './revive.ts';
import { openSeatFile } from './seat-file.ts';
import type { ShellServer } from './shell-server.ts';
import { speak } from './texts.ts';
import { openWindow, paintBackground } from './window.ts';
import { sandboxesIn } from './workspace-folder.ts';

export interface ShellFiles {
  /** Links and files that the system wants opened. */
  inbox: Inbox;
  /** Where the page is: our own scheme, or the development server. */
  address: string;
  /** Folder of the window's built files. */
  renderer: string;
  preload: string;
  /** Built entry of the data process. */
  dataEntry: string;
}

/** What the seat keeps tabs and drafts under: a sandbox has its own, its records have the ids of live's; so has what is looked at as it was. */
const seatIdOf = ({ workspace, sandbox, at }: Target): string =>
  `${sandbox ?? recentId(workspace)}${at === undefined ? '' : ':then'}`;

/** What the page is told it is of: `live`, the id of a sandbox, or `then-` and one of the two. */
const nameOf = ({ sandbox = 'live', at }: Target): string => (at === undefined ? sandbox : `then-${sandbox}`);

/** The Electron shell: one window, one data process, and what only the system's program can do. */
export function runShell(files: ShellFiles): void {
  const userData = app.getPath('userData');
  const log = createMainLog(join(userData, 'logs', 'main.log'));
  const seat = openSeatFile(
    join(userData, 'seat.json'),
    (error) => log.error('seat not written', { error: String(error) }),
    (folders) => {
      // It is never among the recent ones, but there to come back to.
      const sample = sampleIn(userData).workspace;
      const found = folders.map(sandboxesIn);
      if (found.includes(null)) return null;
      return [recentId(sample), ...[sandboxesIn(sample), ...found].flatMap((ids) => ids ?? [])];
    },
  );
  nativeTheme.themeSource = seat.seat.theme;
  speak(seat.seat.language, [app.getLocale()]);

  denyPermissions(session.defaultSession, files.address);
  lockNavigation(app, files.address, log);
  serveAssets(files.renderer, () => ({ seat: seat.seat, target: nameOf(target) }));
  showMenu(firstMenu(), () => {});

  let window: BrowserWindow | null = null;
  let server: Promise<ShellServer> | undefined;
  const tell = (event: ShellEvent): void => void server?.then((shell) => shell.tell(event));
  const invoke = (id: string, byKey: boolean): void => tell({ kind: 'command', id, byKey });
  let menu: Menus | undefined;
  const theme = (): ShellEvent => ({
    kind: 'theme',
    theme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light',
  });

  const recent = (): ShellEvent => ({
    kind: 'recent',
    workspaces: describeRecent(seat.recent, target.workspace),
  });

  let target = targetFrom(process.argv, process.env, userData, seat.workspace);
  seat.turnTo(seatIdOf(target));
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
      if (!target.sample) seat.opened(target.workspace);
      tell(recent());
      ports.offerData();
      void delivery.flush();
    },
    onUsed: (grant) => grants.spent(grant),
    onRestore: (state) => restores.hear(state),
    onBackedUp: () => tell({ kind: 'backedUp' }),
  });
  const grants = createShellGrants(data.register);
  let heard: ShellServer | undefined;
  const delivery = createDelivery({
    listening: () => heard?.listening === true,
    tell: (event) => heard?.tell(event),
    grants,
  });

  // Files that go with the person to another workspace: they are for its page, not for the one that still listens.
  const along: Opening[] = [];

  // The operations come after the first paint has begun: loading them costs what a person would wait for.
  const shellServer = (): Promise<ShellServer> =>
    (server ??= import('./shell-server.ts')
      .then(({ createShellServer }) =>
        createShellServer({
          window: () => window,
          grants,
          seat: () => seat.seat,
          changeSeat(patch, of) {
            const changed = seat.change(patch, of);
            nativeTheme.themeSource = changed.theme;
            speak(changed.language, [app.getLocale()]);
            // What the system does by itself is named by the shell, whichever of the two comes first.
            if (patch.language !== undefined && menu) showMenu(menu, invoke);
            if (patch.zoom !== undefined) window?.webContents.setZoomFactor(changed.zoom);
            return changed;
          },
          setMenu(model) {
            menu = model;
            showMenu(model, invoke);
          },
          restartData: () => data.restart(),
          backups: () => data.backups,
          workspace: {
            window: () => window,
            current: () => target,
            sample: sampleIn(userData),
            open: openInstead,
            bring: (link) => void along.push({ kind: 'link', link }),
            recent: () => seat.recent,
            forget(folder) {
              seat.forget(folder);
              tell(recent());
            },
          },
          standing: () => [theme(), { kind: 'data', data: data.state }, recent(), ...restores.standing()],
          restore(order, of) {
            // From Play nothing reaches live, and a page that is about to go has no say in what comes after it.
            if (target.sandbox === undefined && target.at === undefined && of === seatIdOf(target))
              restores.start(order);
          },
          cancelRestore: () => data.cancelRestore(),
          errand: (message) => data.errand(message),
          bringAlong: (path) => void along.push({ kind: 'file', path }),
          onListening: () => delivery.take(along.splice(0)),
        }),
      )
      .then((made) => (heard = made)));
  const ports = answerPreload({
    own: files.address,
    window: () => window,
    data,
    server: shellServer,
    grants,
    log,
    workspace: () => seatIdOf(target),
  });

  const restores = followRestores({
    tell: (state) => tell({ kind: 'restore', restore: state }),
    begin(order) {
      ports.forgetPage();
      void data.open(target, order);
    },
    // What it knows is of the records before; where nothing was restored it has lost its port.
    renew: () => window?.webContents.reload(),
  });

  /** All that the page knows is of the workspace before, so it must not reach the next one: it begins anew. */
  function openInstead(next: Target): void {
    target = next;
    seat.turnTo(seatIdOf(next));
    chosen = true;
    ports.forgetPage();
    void data.open(next);
    // The page first gets its answer.
    setTimeout(() => window?.webContents.reload(), 50);
  }

  function open(): void {
    window = openWindow({
      ...files,
      zoom: seat.seat.zoom,
      place: seat.window,
      onPlace: (place) => seat.place(place),
    });
    window.on('closed', () => (window = null));
    // A page that begins anew would be as large as the window's first.
    window.webContents.on('dom-ready', () => window?.webContents.setZoomFactor(seat.seat.zoom));
    reviveWindow(window, log);
  }

  nativeTheme.on('updated', () => {
    if (window) paintBackground(window);
    tell(theme());
  });
  /** Brings the window to the front, which has been asked for from outside. */
  function bringForward(): void {
    if (!window) return open();
    if (window.isMinimized()) window.restore();
    window.show();
    window.focus();
  }
  app.on('second-instance', bringForward);
  app.on('activate', () => {
    if (!window) open();
  });
  // The seat last: a closing page may still be sending what was typed into it.
  endWell({ log, finish: () => data.stop().then(() => seat.flush()) });

  open();
  data.start();
  files.inbox.take((openings) => {
    if (openings.length > 0) bringForward();
    delivery.take(openings);
  });
  registerLinks(app);
}
