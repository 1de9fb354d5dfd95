// Starts the real data process on a workspace and beside it one that only echoes; the page gets a port to each.
// The last arguments: the program of the data process, the workspace, the page.
import { join } from 'node:path';
import { app, BrowserWindow, ipcMain, MessageChannelMain, utilityProcess } from 'electron';

const [dataEntry, workspace, page] = process.argv.slice(-3);
const folder = import.meta.dirname;

void app.whenReady().then(async () => {
  const data = utilityProcess.fork(dataEntry, []);
  const echo = utilityProcess.fork(join(folder, 'echo.mjs'), []);
  const ready = new Promise((resolve) => data.on('message', ({ kind }) => kind === 'ready' && resolve()));
  data.postMessage({ kind: 'open', workspace, target: { kind: 'live' }, sample: false, name: '' });
  const window = new BrowserWindow({
    show: true,
    webPreferences: { sandbox: true, preload: join(folder, 'preload.cjs') },
  });
  ipcMain.on('ports', ({ sender }) => {
    const connect = (name, child, message) => {
      const { port1, port2 } = new MessageChannelMain();
      child.postMessage(message, [port1]);
      sender.postMessage(name, null, [port2]);
    };
    void ready.then(() => {
      connect('data', data, { kind: 'port' });
      connect('echo', echo, {});
    });
  });
  await window.loadFile(page);
});
app.on('window-all-closed', () => app.quit());
