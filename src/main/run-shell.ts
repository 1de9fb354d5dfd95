import { join } from 'node:path';
import { app, nativeTheme, safeStorage, session } from 'electron';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { Menus } from '#shared/shell/menu.ts';
import { APP_ADDRESS } from './addresses.ts';
import { sampleIn, targetFrom } from './arguments.ts';
import type { Target } from './arguments.ts';
import { seatFilesOf, openSeatFile } from './seat-file.ts';
import { createDataProcess } from './data-process.ts';
import { createDelivery } from './openings.ts';
import { endWell } from './ending.ts';
import { createFront } from './front.ts';
import { createShellGrants } from './grants.ts';
import { registerLinks } from './links.ts';
import type { Inbox } from './links.ts';
import type { Opening } from './openings.ts';
import { blockNetwork, denyPermissions, lockNavigation } from './lockdown.ts';
import { createMainLog } from './log.ts';
import { inRecovery } from '#shared/shell/orders.ts';
import { showMenu } from './menu.ts';
import { createPageMenu } from './menu-template.ts';
import { answerPreload } from './ports.ts';
import { serveAssets } from './protocol.ts';
import { describeRecent, listsIdOf, nameOf, seatIdOf } from './recent.ts';
import { followRestores } from './order-watch.ts';
import { openSecretStore } from './secret-store.ts';
import type { Page, ShellServer } from './shell-server.ts';
import { chooseLanguage } from './texts.ts';
import { createUpdates } from './updates/service.ts';

export interface ShellFiles {
  inbox: Inbox;
  address: string;
  renderer: string;
  preload: string;
  icon: string;
  resources: string;
  dataEntry: string;
}

/** Starts windows on one workspace, one data process and the services that need Electron. */
export function runShell(files: ShellFiles): void {
  const userData = app.getPath('userData');
  const log = createMainLog(join(userData, 'logs', 'main.log'));
  const seat = openSeatFile(
    join(userData, 'seat.json'),
    (error) => log.error('seat not written', { error: String(error) }),
    (recent) => seatFilesOf(recent, sampleIn(userData).workspace),
  );
  const secrets = openSecretStore({ file: join(userData, 'secrets.json'), keyring: safeStorage, log });
  nativeTheme.themeSource = seat.seat.theme;
  chooseLanguage(seat.seat.language, [app.getLocale()]);

  denyPermissions(session.defaultSession, files.address);
  lockNavigation(app, files.address, log);
  if (files.address === APP_ADDRESS) void blockNetwork(session.defaultSession);
  serveAssets(files.renderer, () => ({
    seat: seat.seat,
    target: nameOf(target),
    workspace: listsIdOf(target),
  }));

  let server: Promise<ShellServer> | undefined;
  const sendToAll = (event: ShellEvent): void => void server?.then((shell) => shell.send(event));
  const sendToFront = (event: ShellEvent): void => {
    const page = ports.front();
    if (page) loadedServer?.send(event, page);
  };
  const invoke = (id: string, byKey: boolean): void => sendToFront({ kind: 'command', id, byKey });
  const menu = createPageMenu((model) => showMenu(model, invoke));
  const theme = (): ShellEvent => ({
    kind: 'theme',
    theme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light',
  });

  // All windows share one native menu, which follows the front window.
  const menus = new WeakMap<Page, Menus>();
  const showFrontMenu = (): void => {
    const page = ports.front();
    const model = page && menus.get(page);
    if (model) menu.publish(model);
    else menu.withdraw();
  };
  const front = createFront({
    files,
    seat,
    log,
    onTheme: () => sendToAll(theme()),
    onPageEnd: (contents) => ports.forget(contents),
    onFront: showFrontMenu,
  });
  const recent = (): ShellEvent => ({
    kind: 'recent',
    workspaces: describeRecent(seat.recent, target.workspace),
  });

  const updates = createUpdates(userData, files.resources, log, (state) =>
    sendToAll({ kind: 'updates', updates: state }),
  );
  let target = targetFrom(process.argv, process.env, userData, seat.workspace);
  seat.turnTo(seatIdOf(target), listsIdOf(target));
  let hasSwitched = false;
  const data = createDataProcess({
    entry: files.dataEntry,
    target,
    log,
    secrets,
    onState(state) {
      sendToAll({ kind: 'data', data: state });
      if (state.state !== 'ready') return;
      // Only a workspace that opened is remembered, so that a broken one cannot block the next start.
      if (hasSwitched) seat.choose(target.sample ? null : target.workspace);
      if (!target.sample) seat.opened(target.workspace);
      updates.opened(target.workspace);
      sendToAll(recent());
      ports.offerData();
      void delivery.flush();
    },
    onUsed: (grant) => grants.spent(grant),
    onRestore(state) {
      if (state.state === 'done' && state.outcome.what === 'goBack') updates.goBack();
      else restores.hear(state);
    },
    onBackedUp: () => sendToAll({ kind: 'backedUp' }),
    needsBackup: updates.isNewFor,
  });
  const grants = createShellGrants(data.register);
  let loadedServer: ShellServer | undefined;
  const delivery = createDelivery({
    listening: () => {
      const page = ports.front();
      return page !== null && loadedServer?.listens(page) === true;
    },
    send: sendToFront,
    grants,
  });

  // Openings for the page of the next workspace, not for the current page, which still listens.
  const openingsForNextPage: Opening[] = [];

  // Imported after the first paint has begun, because loading the operations would delay it.
  const shellServer = (): Promise<ShellServer> =>
    (server ??= import('./shell-server.ts')
      .then(({ createShellServer }) =>
        createShellServer({
          window: front.window,
          assets: join(files.renderer, 'assets'),
          grants,
          seat: () => seat.seat,
          changeSeat(patch, of) {
            const changed = seat.change(patch, of);
            nativeTheme.themeSource = changed.theme;
            chooseLanguage(changed.language, [app.getLocale()]);
            // The shell labels the menu roles, and the menu may be published before the language changes.
            if (patch.language !== undefined) menu.renew();
            if (patch.zoom !== undefined)
              for (const window of front.windows()) window.webContents.setZoomFactor(changed.zoom);
            return changed;
          },
          setMenu(model, page) {
            menus.set(page, model);
            if (page === ports.front()) menu.publish(model);
          },
          openWindow: front.openAnother,
          restartData: () => data.restart(),
          backups: () => data.backups,
          workspace: {
            window: front.window,
            current: () => target,
            sample: sampleIn(userData),
            open: switchTo,
            bring: (link) => void openingsForNextPage.push({ kind: 'link', link }),
            recent: () => seat.recent,
            forget(folder) {
              seat.forget(folder);
              sendToAll(recent());
            },
          },
          updates,
          current: () => [
            theme(),
            { kind: 'data', data: data.state },
            recent(),
            { kind: 'updates', updates: updates.state },
            ...restores.current(),
          ],
          restore(order, of) {
            // A sandbox must not change live, and a page that is being replaced must not start an order.
            const isLive = target.sandbox === undefined && target.at === undefined;
            if (!isLive || of !== seatIdOf(target)) return false;
            // Recovery applies only to a workspace that cannot be opened.
            return (!inRecovery(order) || data.state.state === 'failed') && restores.start(order);
          },
          pointToBackups: (folder) => data.pointTo(folder),
          cancelRestore: () => data.cancelOrder(),
          supportCopy: (path) => data.supportCopy(path),
          openInNextPage: (path) => void openingsForNextPage.push({ kind: 'file', path }),
          onListening: () => delivery.take(openingsForNextPage.splice(0)),
        }),
      )
      .then((made) => (loadedServer = made)));
  const ports = answerPreload({
    own: files.address,
    window: front.window,
    windows: front.windows,
    data,
    server: shellServer,
    grants,
    log,
    workspace: () => seatIdOf(target),
    onLeft: showFrontMenu,
  });

  const restores = followRestores({
    send: (state) => sendToAll({ kind: 'restore', restore: state }),
    begin(order) {
      ports.forget();
      void data.open(target, order);
    },
    // The pages hold data from before the restore. If nothing was restored, they have still lost their ports.
    renew: front.renew,
  });

  /** Switches workspace. Pages are reloaded, because their data belongs to the previous workspace. */
  function switchTo(next: Target): void {
    target = next;
    seat.turnTo(seatIdOf(next), listsIdOf(next));
    hasSwitched = true;
    ports.forget();
    void data.open(next);
    // Delayed so that the page first gets the response to its request.
    setTimeout(front.renew, 50);
  }

  async function finish(): Promise<void> {
    await data.stop();
    // Flush the seat after closing the workspace: a closing page may still send unsaved typing.
    await Promise.all([seat.flush(), secrets.flush()]);
    await updates.finish();
  }
  endWell({ log, finish });

  front.open();
  data.start();
  // The user must learn why the sample opened in place of the last workspace.
  if (target.sample && seat.workspace !== null) delivery.take([{ kind: 'gone', folder: seat.workspace }]);
  files.inbox.take((openings) => {
    if (openings.length > 0) front.bring();
    delivery.take(openings);
  });
  registerLinks(app);
  updates.start();
}
