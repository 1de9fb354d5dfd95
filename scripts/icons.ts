import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { findElectron } from './electron.ts';
import { root } from './lib/paths.ts';

/** Renders `resources/icons/frames.svg` to PNG files beside it: `npm run icons`. */
const sizes = [16, 24, 32, 48, 64, 128, 256, 512];

const icons = join(root, 'resources/icons');
const svg = readFileSync(join(icons, 'frames.svg'), 'utf8');
const page = `<style>body{margin:0;overflow:hidden}svg{display:block;width:100vw;height:100vh}</style>${svg}`;
const folder = mkdtempSync(join(tmpdir(), 'frames-icons-'));
const entry = join(folder, 'main.cjs');
writeFileSync(entry, `require('electron').app.on('window-all-closed', () => {});`);

const { binary } = await findElectron();
const app = await _electron.launch({ executablePath: binary, args: ['--no-sandbox', entry] });
try {
  for (const size of sizes) {
    const png = await app.evaluate(
      async ({ BrowserWindow }, { address, edge }) => {
        const window = new BrowserWindow({
          width: edge,
          height: edge,
          useContentSize: true,
          frame: false,
          transparent: true,
          webPreferences: { offscreen: true },
        });
        await window.loadURL(address);
        await new Promise((resolve) => setTimeout(resolve, 200));
        const image = await window.webContents.capturePage();
        window.destroy();
        return image.toPNG().toString('base64');
      },
      { address: `data:text/html;charset=utf-8,${encodeURIComponent(page)}`, edge: size },
    );
    writeFileSync(join(icons, `${size}.png`), Buffer.from(png, 'base64'));
  }
} finally {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
}
