/**
 * Electron loads this file before the program. It lets tests quit the program and start it again in the same process, which saves
 * the start of Electron. Each start imports the program's modules again.
 */
'use strict';

const { registerHooks } = require('node:module');
const path = require('node:path');
const { pathToFileURL } = require('node:url');
const { app, dialog, ipcMain, nativeTheme, protocol, session, shell } = require('electron');

const entry = pathToFileURL(path.join(__dirname, '../../../out/main/index.js')).href;
let starts = 0;
/** Electron's own switches, which a person who starts the program again would repeat. */
const switches = process.argv.filter((argument) => argument === '--no-sandbox');

// A module's address says of which start it is; those that it imports are of the same.
registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    const start = specifier.startsWith('.') && /\?start=\d+$/.exec(context.parentURL ?? '');
    return start ? { ...found, url: found.url + start[0] } : found;
  },
});

const emitters = [app, ipcMain, nativeTheme, process];
const listenersOf = () =>
  emitters.flatMap((emitter) =>
    emitter
      .eventNames()
      .flatMap((event) => emitter.rawListeners(event).map((listener) => ({ emitter, event, listener }))),
  );
/** What tests put their own functions into. */
const replaceable = [dialog, shell];
const original = {
  listeners: new Set(listenersOf().map(({ listener }) => listener)),
  functions: replaceable.map((object) => ({ ...object })),
};

function removeTraces() {
  for (const { emitter, event, listener } of listenersOf()) {
    if (!original.listeners.has(listener)) emitter.off(event, listener);
  }
  ipcMain.removeHandler('frames:grant-dropped');
  protocol.unhandle('app');
  app.releaseSingleInstanceLock();
  replaceable.forEach((object, index) => {
    const own = original.functions[index];
    for (const name of Object.keys(object)) if (!(name in own)) delete object[name];
    Object.assign(object, own);
  });
}

/** @type {Promise<void> | undefined} */
let ending;

/** Quits as a person would, but for the last step of it. */
function end() {
  ending ??= new Promise((resolve) => {
    app.on('will-quit', (event) => {
      // The program still closes what is open, and quits again.
      if (event.defaultPrevented) return;
      event.preventDefault();
      removeTraces();
      resolve(session.defaultSession.clearStorageData());
    });
    app.quit();
  });
  return ending;
}

/** Starts the program as Electron would, with the user folder and the arguments given. */
async function start(userData, args) {
  ending = undefined;
  starts += 1;
  app.setPath('userData', userData);
  process.argv = [process.argv[0], ...switches, ...args];
  // These are for the time before Electron is ready, and hold until it ends.
  protocol.registerSchemesAsPrivileged = () => {};
  app.enableSandbox = () => {};
  await import(`${entry}?start=${starts}`);
}

globalThis.again = { start, end };
