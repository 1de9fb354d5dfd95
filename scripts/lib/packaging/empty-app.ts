import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Configuration } from 'electron-builder';
import type { Electron } from '../electron-kinds.ts';
import { builderConfig } from './config.ts';
import type { Project } from './package.ts';

/** A program of one white window: what ours is compared with in size and start. Electron is ready only after its entry has run. */
const main = `import { app, BrowserWindow } from 'electron';
if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
app.on('window-all-closed', () => app.quit());
app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800, webPreferences: { sandbox: true } });
  window.loadURL('data:text/html,<title>Empty</title><h1>Empty</h1>');
});
`;

/** Writes the empty program to `folder`, to be packaged as ours is: the same settings, fuses and Electron. */
export async function writeEmptyApp(folder: string, electron: Electron): Promise<Project> {
  await mkdir(folder, { recursive: true });
  const identity = {
    name: 'empty',
    version: '1.0.0',
    type: 'module',
    main: 'main.js',
    license: 'MIT',
    description: 'An empty window',
    homepage: 'https://frames.example/',
  };
  await writeFile(join(folder, 'package.json'), JSON.stringify(identity));
  await writeFile(join(folder, 'main.js'), main);
  return { folder, config: emptyConfig(electron), electron };
}

function emptyConfig(electron: Electron): Configuration {
  const config = builderConfig(electron, null);
  return {
    ...config,
    files: ['package.json', 'main.js'],
    extraResources: [],
    artifactName: 'empty-${version}-${arch}.${ext}',
    deb: { ...config.deb, packageName: 'empty' },
    rpm: { ...config.rpm, packageName: 'empty' },
  };
}
