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

/** The page with this load's nonce in place. */
export function withNonce(page: string, nonce: string): string {
  return page.replaceAll(NONCE_MARK, nonce);
}
