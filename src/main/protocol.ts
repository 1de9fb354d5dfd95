import { randomBytes } from 'node:crypto';
import { protocol } from 'electron';
import { readShipped } from '#files/open-file.ts';
import type { Seat } from '#shared/shell/seat.ts';
import { APP_SCHEME } from './addresses.ts';
import { assetAt, contentPolicy, fillPage } from './page-assets.ts';
import { currentLanguage, shellTexts } from './texts.ts';

/** Must run before the application is ready. `codeCache` keeps compiled V8 code between starts. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

export interface PageData {
  seat: Seat;
  /** `live` or the id of a sandbox, with the prefix `then-` for a past state. */
  target: string;
  /** The same id for live, its sandboxes and its past states. */
  workspace: string;
}

/** Serves built files. Each page load gets a new nonce, a matching policy and the current data. */
export function serveAssets(root: string, pageData: () => PageData): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const asset = request.method === 'GET' ? assetAt(request.url, root) : null;
    if (!asset) return new Response(null, { status: 404 });
    try {
      const content = await readShipped(asset.file);
      return asset.file.endsWith('.html')
        ? pageResponse(content.toString('utf8'), asset.type, pageData())
        : assetResponse(content, asset.type);
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

const commonHeaders = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };

function pageResponse(text: string, type: string, pageData: PageData): Response {
  const nonce = randomBytes(16).toString('base64');
  const facts = { ...pageData, nonce, language: currentLanguage(), opening: shellTexts().opening };
  return new Response(fillPage(text, facts), {
    headers: {
      ...commonHeaders,
      'Content-Type': type,
      'Content-Security-Policy': contentPolicy(nonce),
      'Cache-Control': 'no-store',
    },
  });
}

// The names of built files contain a content hash, so responses never expire.
function assetResponse(content: Buffer<ArrayBuffer>, type: string): Response {
  return new Response(content, {
    headers: {
      ...commonHeaders,
      'Content-Type': type,
      'Cache-Control': 'public, max-age=31536000, immutable',
    },
  });
}
