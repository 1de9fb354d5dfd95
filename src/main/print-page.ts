import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { BrowserWindow } from 'electron';
import { readShipped } from '#files/open-file.ts';
import type { PrintedPage } from '#shared/shell/print.ts';
import { printHtml } from './page-html.ts';

const timeoutMs = 20_000;
/** Text below the smallest scale is unreadable. */
const scales = [1, 0.9, 0.8, 0.7, 0.6];

/**
 * Prints a page to a tagged A4 PDF of one sheet, without raster images. The same page gives the same bytes. The hidden window has neither scripts nor
 * network. `assets` is the folder of built window files. Rejects if the page does not fit, or after 20 s.
 */
export async function printPage(page: PrintedPage, assets: string): Promise<Buffer> {
  const html = printHtml(page, await fontFace(assets));
  const window = new BrowserWindow({
    show: false,
    webPreferences: { partition: 'print', sandbox: true, javascript: false, spellcheck: false },
  });
  const timer = setTimeout(() => window.destroy(), timeoutMs);
  try {
    await window.loadURL(`data:text/html;base64,${Buffer.from(html).toString('base64')}`);
    return makeRepeatable(await printOnOnePage(window), page.at);
  } finally {
    clearTimeout(timer);
    if (!window.isDestroyed()) window.destroy();
  }
}

async function printOnOnePage(window: BrowserWindow): Promise<Buffer> {
  for (const scale of scales) {
    const pdf = await window.webContents.printToPDF({
      scale,
      printBackground: true,
      preferCSSPageSize: true,
      generateTaggedPDF: true,
    });
    if (pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length === 1) return pdf;
  }
  throw new Error('The page does not fit on one sheet.');
}

/** Replaces Chromium's time and arbitrary numbers by text of the same length: a PDF refers to objects by offset. */
function makeRepeatable(pdf: Buffer, at: string): Buffer {
  const date = at.replaceAll(/\D/g, '').slice(0, 14);
  const text = pdf.toString('latin1').replaceAll(/\(D:\d{14}/g, `(D:${date}`);
  const names = [...new Set(text.match(nodeName))].sort((a, b) => (a < b ? -1 : 1));
  const replacements = new Map(names.map((name, index) => [name, `(node${String(index).padStart(8, '0')})`]));
  return Buffer.from(
    text.replaceAll(nodeName, (name) => replacements.get(name) ?? name),
    'latin1',
  );
}

const nodeName = /\(node\d{8}\)/g;

/** The @font-face rule for the typeface of the window; empty, for the system font, if it was not built. */
async function fontFace(folder: string): Promise<string> {
  const files = await readdir(folder).catch(() => []);
  const file = files.find((name) => /^inter-latin-wght-normal-.*\.woff2$/.test(name));
  if (file === undefined) return '';
  const font = (await readShipped(join(folder, file))).toString('base64');
  return `@font-face { font-family: Inter; font-weight: 100 900; src: url(data:font/woff2;base64,${font}); }`;
}
