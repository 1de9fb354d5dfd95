import { join } from 'node:path';
import { app, Menu, nativeTheme, safeStorage, session } from 'electron';
import type { ShellEvent } from '#shared/shell/events.ts';
import type { Menus } from '#shared/shell/menu.ts';
import { APP_ADDRESS } from './addresses.ts';
import { sampleTarget, targetFrom } from './arguments.ts';
import type { Target } from './arguments.ts';
import { findOtherOwners, openSeatFile } from './seat-file.ts';
import { createDataProcess } from './data-process.ts';
import { createDelivery } from './delivery.ts';
import { quitCleanly } from './quit.ts';
import { createAppWindows } from './app-windows.ts';
import { createShellGrants } from './grants.ts';
import { registerLinks } from './inbox.ts';
import type { Inbox } from './inbox.ts';
import type { Opening } from './delivery.ts';
import { blockNetwork, denyPermissions, lockNavigation } from './lockdown.ts';
import { createMainLog } from './log.ts';
import { isRecoveryOrder } from '#shared/shell/orders.ts';
import { createPageMenu, menuTemplate } from './menu-template.ts';
import { connectPages } from './ports.ts';
import { serveAssets } from './protocol.ts';
import { describeRecent, listsIdOf, targetName, seatIdOf } from './recent.ts';
import { trackRestores } from './order-watch.ts';
import { openSecretStore } from './secret-store.ts';
import type { Page, ShellServer } from './shell-server.ts';
import { chooseLanguage } from './texts.ts';
import { createHttpClient } from '#http/client.ts';
import type { ResolveProxy } from '#http/proxy.ts';
import { createUpdates } from './updates/service.ts';
import { UserActivation } from './user-activation.ts';
import { processEnvironment, unknownVariables } from '#shared/domain/environment.ts';

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
  for (const problem of unknownVariables(processEnvironment())) log.error(problem);
  const seatFile = openSeatFile(
    join(userData, 'seat.json'),
    (error) => log.error('seat not written', { error: String(error) }),
    (recent) => findOtherOwners(recent, sampleTarget(userData).workspace),
  );
  const secrets = openSecretStore({ file: join(userData, 'secrets.json'), keyring: safeStorage, log });
  nativeTheme.themeSource = seatFile.seat.theme;
  chooseLanguage(seatFile.seat.language, [app.getLocale()]);

  denyPermissions(session.defaultSession, files.address);
  const activation = new UserActivation(() => Date.now());
  lockNavigation(app, files.address, activation, log);
  if (files.address === APP_ADDRESS) void blockNetwork(session.defaultSession);
  serveAssets(files.renderer, () => ({
    seat: seatFile.seat,
    target: targetName(target),
    workspace: listsIdOf(target),
  }));

  let server: Promise<ShellServer> | undefined;
  const sendToAll = (event: ShellEvent): void => void server?.then((shell) => shell.send(event));
  const sendToFront = (event: ShellEvent): void => {
    const page = ports.front();
    if (page) loadedServer?.send(event, page);
  };
  const sendCommand = (id: string, byKey: boolean): void => sendToFront({ kind: 'command', id, byKey });
  const menu = createPageMenu((model) =>
    Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(model, sendCommand))),
  );
  const themeEvent = (): ShellEvent => ({
    kind: 'theme',
    theme: nativeTheme.shouldUseDarkColors ? 'dark' : 'light',
  });

  // All windows share one native menu, which follows the front window.
  const menus = new WeakMap<Page, Menus>();
  const showFrontMenu = (): void => {
    const page = ports.front();
    const model = page && menus.get(page);
    if (model) menu.publish(model);
    else menu.disableCommands();
  };
  const appWindows = createAppWindows({
    files,
    seat: seatFile,
    log,
    onTheme: () => sendToAll(themeEvent()),
    onPageEnd: (contentsId) => ports.dropPages(contentsId),
    onFrontChange: showFrontMenu,
  });
  const recentEvent = (): ShellEvent => ({
    kind: 'recent',
    workspaces: describeRecent(seatFile.recent, target.workspace),
  });

  // The session of the windows has a proxy that blocks every connection.
  const resolveProxy: ResolveProxy = async (url) => {
    const network = session.fromPartition('network');
    // Otherwise a new session answers DIRECT until it has read the system's settings.
    await network.forceReloadProxyConfig();
    return network.resolveProxy(url);
  };
  const http = createHttpClient({ environment: processEnvironment(), resolveProxy });
  const updates = createUpdates(userData, files.resources, log, http, (state) =>
    sendToAll({ kind: 'updates', updates: state }),
  );
  let target = targetFrom(process.argv, processEnvironment(), userData, seatFile.workspace);
  seatFile.switchOwner(seatIdOf(target), listsIdOf(target));
  let hasSwitched = false;
  const data = createDataProcess({
    entry: files.dataEntry,
    target,
    log,
    secrets,
    resolveProxy,
    onState(state) {
      sendToAll({ kind: 'data', data: state });
      if (state.state !== 'ready') return;
      // Only a workspace that opened is remembered, so that a broken one cannot block the next start.
      if (hasSwitched) seatFile.setWorkspace(target.sample ? null : target.workspace);
      if (!target.sample) seatFile.addRecent(target.workspace);
      updates.recordOpening(target.workspace);
      sendToAll(recentEvent());
      ports.offerData();
      void delivery.flush();
    },
    onUsed: (grant) => grants.markUsed(grant),
    onRestore(state) {
      if (state.state === 'done' && state.outcome.what === 'goBack') updates.goBack();
      else restores.receive(state);
    },
    onBackedUp: () => sendToAll({ kind: 'backedUp' }),
    needsBackup: updates.isNewFor,
  });
  const grants = createShellGrants(data.register);
  let loadedServer: ShellServer | undefined;
  const delivery = createDelivery({
    isListening: () => {
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
          activation,
          window: appWindows.window,
          assets: join(files.renderer, 'assets'),
          grants,
          seat: () => seatFile.seat,
          changeSeat(patch, owner) {
            const newSeat = seatFile.change(patch, owner);
            nativeTheme.themeSource = newSeat.theme;
            chooseLanguage(newSeat.language, [app.getLocale()]);
            // The shell labels the menu roles, and the menu can be published before the language changes.
            if (patch.language !== undefined) menu.rebuild();
            if (patch.zoom !== undefined)
              for (const window of appWindows.windows()) window.webContents.setZoomFactor(newSeat.zoom);
            return newSeat;
          },
          setMenu(model, page) {
            menus.set(page, model);
            if (page === ports.front()) menu.publish(model);
          },
          openWindow: appWindows.openAnother,
          restartData: () => data.restart(),
          backups: () => data.backups,
          workspace: {
            window: appWindows.window,
            currentTarget: () => target,
            sample: sampleTarget(userData),
            open: switchTo,
            queueLink: (link) => void openingsForNextPage.push({ kind: 'link', link }),
            recentFolders: () => seatFile.recent,
            removeRecent(folder) {
              seatFile.removeRecent(folder);
              sendToAll(recentEvent());
            },
          },
          updates,
          currentEvents: () => [
            themeEvent(),
            { kind: 'data', data: data.state },
            recentEvent(),
            { kind: 'updates', updates: updates.state },
            ...restores.currentEvents(),
          ],
          restore(order, owner) {
            // A sandbox must not change live, and a page that is being replaced must not start an order.
            const isLive = target.sandbox === undefined && target.at === undefined;
            if (!isLive || owner !== seatIdOf(target)) return false;
            // Recovery applies only to a workspace that cannot be opened.
            return (!isRecoveryOrder(order) || data.state.state === 'failed') && restores.start(order);
          },
          pointToBackups: (folder) => data.searchBackupsIn(folder),
          cancelRestore: () => data.cancelOrder(),
          supportCopy: (path) => data.supportCopy(path),
          openInNextPage: (path) => void openingsForNextPage.push({ kind: 'file', path }),
          onListening: () => delivery.add(openingsForNextPage.splice(0)),
        }),
      )
      .then((created) => (loadedServer = created)));
  const ports = connectPages({
    windowAddress: files.address,
    window: appWindows.window,
    windows: appWindows.windows,
    data,
    server: shellServer,
    grants,
    log,
    workspace: () => seatIdOf(target),
    onPagesChange: showFrontMenu,
  });

  const restores = trackRestores({
    send: (state) => sendToAll({ kind: 'restore', restore: state }),
    openWithOrder(order) {
      ports.dropPages();
      void data.open(target, order);
    },
    // The pages hold data from before the restore. If nothing was restored, they have still lost their ports.
    reloadPages: appWindows.reloadAll,
  });

  /** Switches workspace. Pages are reloaded, because their data belongs to the previous workspace. */
  function switchTo(newTarget: Target): void {
    target = newTarget;
    seatFile.switchOwner(seatIdOf(newTarget), listsIdOf(newTarget));
    hasSwitched = true;
    ports.dropPages();
    void data.open(newTarget);
    // Delayed so that the page first gets the response to its request.
    setTimeout(appWindows.reloadAll, 50);
  }

  async function finish(): Promise<void> {
    await data.stop();
    // Flush the seat after closing the workspace: a closing page can still send unsaved typing.
    await Promise.all([seatFile.flush(), secrets.flush()]);
    await updates.finish();
  }
  quitCleanly({ log, finish });

  appWindows.open();
  data.start();
  // The user must learn why the sample opened in place of the last workspace.
  if (target.sample && seatFile.workspace !== null)
    delivery.add([{ kind: 'missingWorkspace', folder: seatFile.workspace }]);
  files.inbox.setHandler((openings) => {
    if (openings.length > 0) appWindows.bringToFront();
    delivery.add(openings);
  });
  registerLinks(app);
  updates.start();
}
