import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge, PortMessage, PortName } from '#shared/shell/bridge.ts';

// contextBridge cannot transfer a port, but window.postMessage can.
ipcRenderer.on('frames:port', (event, port: PortName) => {
  const message: PortMessage = { frames: 'port', port };
  window.postMessage(message, '*', event.ports);
});

const bridge: Bridge = {
  connect: () => ipcRenderer.send('frames:connect'),
  // The page must not learn the path: it gets a grant instead.
  grantDropped: (file) =>
    ipcRenderer.invoke('frames:grant-dropped', pathOf(file)) as ReturnType<Bridge['grantDropped']>,
};

function pathOf(file: unknown): string {
  return file instanceof File ? webUtils.getPathForFile(file) : '';
}

contextBridge.exposeInMainWorld('framesBridge', bridge);
