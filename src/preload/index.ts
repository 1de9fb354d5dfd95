import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, PortMessage, PortName } from '#shared/shell/bridge.ts';

// A port cannot go through the bridge, only through a message to the page itself.
ipcRenderer.on('frames:port', (event, port: PortName) => {
  const message: PortMessage = { frames: 'port', port };
  window.postMessage(message, '*', event.ports);
});

const bridge: Bridge = {
  connect: () => ipcRenderer.send('frames:connect'),
  // The path goes to the shell only; the page gets a grant.
  grantDropped: (file) =>
    ipcRenderer.invoke('frames:grant-dropped', pathOf(file)) as ReturnType<Bridge['grantDropped']>,
};

function pathOf(file: unknown): string {
  return file instanceof File ? webUtils.getPathForFile(file) : '';
}

contextBridge.exposeInMainWorld('framesBridge', bridge);
