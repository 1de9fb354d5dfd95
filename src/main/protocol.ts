import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import type { Seat } from '#shared/shell/seat.ts';
import { APP_SCHEME } from './addresses.ts';
import { assetAt, contentPolicy, fillPage } from './policy.ts';
import { language, texts } from './texts.ts';

/** Must run before the application is ready. `codeCache` lets V8 keep what it compiled between starts. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: APP_SCHEME,
      privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
    },
  ]);
}

/** What a page is told as it is loaded. */
export interface Served {
  seat: Seat;
  /** What is open: `live`, the id of a sandbox, or `then-` and one of the two where it is looked at as it was. */
  target: string;
  /** Id of the workspace that this is of: the same for live, its sandboxes and its past. */
  workspace: string;
}

/** Serves the window's built files from `root`; each load of a page gets a nonce of its own, its policy, and what is so at that moment. */
export function serveAssets(root: string, now: () => Served): void {
  protocol.handle(APP_SCHEME, async (request) => {
    const asset = request.method === 'GET' ? assetAt(request.url, root) : null;
    if (!asset) return new Response(null, { status: 404 });
    try {
      const content = await readFile(asset.file);
      return asset.file.endsWith('.html')
        ? page(content.toString('utf8'), asset.type, now())
        : plain(content, asset.type);
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}

const common = { 'X-Content-Type-Options': 'nosniff', 'Referrer-Policy': 'no-referrer' };

function page(text: string, type: string, served: Served): Response {
  const nonce = randomBytes(16).toString('base64');
  const facts = { ...served, nonce, language: language(), opening: texts().opening };
  return new Response(fillPage(text, facts), {
    headers: {
      ...common,
      'Content-Type': type,
      'Content-Security-Policy': contentPolicy(nonce),
      'Cache-Control': 'no-store',
    },
  });
}

// The names of built files hold a hash of their content.
function plain(content: Buffer<ArrayBuffer>, type: string): Response {
  return new Response(content, {
    headers: { ...common, 'Content-Type': type, 'Cache-Control': 'public, max-age=31536000, immutable' },
  });
}
