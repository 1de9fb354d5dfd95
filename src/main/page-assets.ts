import { extname, join, normalize, sep } from 'node:path';
import { APP_HOST } from './addresses.ts';
import type { Seat } from '#shared/shell/seat.ts';

const mediaTypes: Readonly<Record<string, string>> = {
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

/** Maps an app:// address to a file in `root`. Null for another host or file type, or a path outside. */
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
  const type = mediaTypes[extname(file)];
  return type !== undefined && file.startsWith(root + sep) ? { file, type } : null;
}

export const NONCE_MARK = '__CSP_NONCE__';

/** Allows the page to load its own files, styles with this nonce, and blob workers; no eval, inline scripts or other hosts. */
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

/** Placeholder for the seat in the built page, so that the first view needs no request. */
export const SEAT_MARK = '__SEAT__';

/** Attributes of the built page, replaced by those of the current language and target. */
const LANGUAGE_MARK = '<html lang="en">';
const OPENING_MARK = 'aria-label="FRAMES is opening"';

export interface PageFacts {
  nonce: string;
  seat: Seat;
  language: string;
  /** `live` or the id of a sandbox, with the prefix `then-` for a past state. */
  target: string;
  workspace: string;
  /** Label of the page while it opens; plain text without quotes. */
  opening: string;
}

/** The seat is JSON in a script element that is never executed. */
export function fillPage(
  page: string,
  { nonce, seat, language, target, workspace, opening }: PageFacts,
): string {
  const seatJson = JSON.stringify(seat).replaceAll('<', '\\u003c');
  return page
    .replace(
      LANGUAGE_MARK,
      () => `<html lang="${language}" data-target="${target}" data-workspace="${workspace}">`,
    )
    .replace(OPENING_MARK, () => `aria-label="${opening}"`)
    .replaceAll(NONCE_MARK, () => nonce)
    .replace(SEAT_MARK, () => seatJson);
}
