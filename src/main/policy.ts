import { extname, join, normalize, sep } from 'node:path';
import { APP_HOST } from './addresses.ts';
import type { Seat } from '#shared/shell/seat.ts';

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

/** Stands in the built page wherever a load's nonce belongs. */
export const NONCE_MARK = '__CSP_NONCE__';

/**
 * What the page may load and run: its own files, styles with this load's nonce, blob workers (layouts). No eval, no inline
 * script, no other host.
 */
export function contentPolicy(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "worker-src 'self' blob:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Stands in the built page where the seat belongs: with it there, the first view can be prepared without asking. */
export const SEAT_MARK = '__SEAT__';

/** How the page as it is built begins, and what it is called while it opens: in English and for live, until it is served. */
const LANGUAGE_MARK = '<html lang="en">';
const OPENING_MARK = 'aria-label="FRAMES is opening"';

export interface PageFacts {
  nonce: string;
  seat: Seat;
  language: string;
  /** What is open: `live`, the id of a sandbox, or `then-` and one of the two where it is looked at as it was. */
  target: string;
  workspace: string;
  /** Words for the window that is opening; plain text without quotes. */
  opening: string;
}

/** The page with this load's nonce, language, target, workspace and the seat in place. The seat is data in a script element that is never run. */
export function fillPage(
  page: string,
  { nonce, seat, language, target, workspace, opening }: PageFacts,
): string {
  const data = JSON.stringify(seat).replaceAll('<', '\\u003c');
  return page
    .replace(
      LANGUAGE_MARK,
      () => `<html lang="${language}" data-target="${target}" data-workspace="${workspace}">`,
    )
    .replace(OPENING_MARK, () => `aria-label="${opening}"`)
    .replaceAll(NONCE_MARK, () => nonce)
    .replace(SEAT_MARK, () => data);
}
