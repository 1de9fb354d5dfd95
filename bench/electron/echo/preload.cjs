const { ipcRenderer } = require('electron');

for (const name of ['data', 'echo']) {
  ipcRenderer.on(name, (event) => window.postMessage(name, '*', [...event.ports]));
}
window.addEventListener('message', ({ data }) => {
  if (data === 'connect') ipcRenderer.send('ports');
});
