import type { Seat } from '#shared/shell/seat.ts';

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

/** The page with this load's nonce and the seat in place. The seat is data in a script element that is never run. */
export function fillPage(page: string, { nonce, seat }: { nonce: string; seat: Seat }): string {
  const data = JSON.stringify(seat).replaceAll('<', '\\u003c');
  return page.replaceAll(NONCE_MARK, () => nonce).replace(SEAT_MARK, () => data);
}
