import { extname, join, normalize, sep } from 'node:path';
import { APP_HOST } from './addresses.ts';

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
  '.wasm': 'application/wasm',
};

export interface Asset {
  file: string;
  type: string;
}

/** The file that an app:// address names, inside `root`; null for any other host, kind of file or a way out of the folder. */
export function assetAt(address: string, root: string): Asset | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  if (url.host !== APP_HOST) return null;
  let path: string;
  try {
    path = decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = normalize(join(root, path === '/' ? 'index.html' : path));
  const type = types[extname(file)];
  return type !== undefined && file.startsWith(root + sep) ? { file, type } : null;
}
