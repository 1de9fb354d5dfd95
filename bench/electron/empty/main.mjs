// The thing to compare with: a sandboxed Electron window with one word in it and nothing else.
import { join } from 'node:path';
import { app, BrowserWindow } from 'electron';

if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  return window.loadFile(join(import.meta.dirname, 'index.html'));
});
app.on('window-all-closed', () => app.quit());
