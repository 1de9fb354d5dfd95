import { createPrivateKey } from 'node:crypto';
import { once } from 'node:events';
import {
  createReadStream,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeFiles, expiryFrom } from '#scripts/lib/packaging/publish.ts';
import { signText } from '#scripts/lib/packaging/signing.ts';
import type { SigningKey } from '#scripts/lib/packaging/signing.ts';
import { signatureName } from '#shared/signed/signature.ts';
import { manifestName } from '#shared/updates/manifest.ts';
import type { Manifest } from '#shared/updates/manifest.ts';

/** The folder that `npm run test:update` builds the programs and the key into. */
const built = process.env['FRAMES_UPDATE_TEST'] ?? '';

export const fileOf = (version: string): string => join(built, `FRAMES-${version}-${process.arch}.AppImage`);

export const key: SigningKey = {
  id: 'test',
  get privateKey() {
    return createPrivateKey(readFileSync(join(built, 'key.pem')));
  },
};

/** An update server on this computer. */
export interface Published {
  address: string;
  /** The headers of each request, by its path. */
  requests: { path: string; headers: IncomingHttpHeaders }[];
  /** How much of the program is sent: half of it before the connection ends, or before nothing more comes. */
  sends: 'all' | 'half' | 'stalls';
  /** The file that is sent in place of the program. */
  replaced: string | null;
  manifest: Manifest;
  /** Writes a manifest, as if it were that of the stable channel; `signed` is the text of its signature, null for none. */
  put(text: string, signed?: string | null): void;
  /** Publishes no manifest. */
  remove(): void;
  end(): Promise<void>;
}

/** Publishes version 0.2.0 on the stable channel, signed. */
export async function publish(): Promise<Published> {
  const folder = mkdtempSync(join(tmpdir(), 'frames-published-'));
  const file = fileOf('0.2.0');
  symlinkSync(file, join(folder, 'FRAMES-0.2.0.AppImage'));
  const manifest: Manifest = {
    version: '0.2.0',
    channel: 'stable',
    platform: process.platform,
    arch: process.arch,
    releaseDate: '2026-11-26T08:00:00.000Z',
    expires: expiryFrom(Date.now()).toISOString(),
    releaseNotes: 'The window starts faster.\nImports name every row that they leave out.',
    files: await describeFiles([join(folder, 'FRAMES-0.2.0.AppImage')]),
  };
  const published: Published = {
    address: '',
    requests: [],
    sends: 'all',
    replaced: null,
    manifest,
    put(text, signed = signText(text, key)) {
      const name = join(folder, manifestName(manifest));
      writeFileSync(name, text);
      rmSync(signatureName(name), { force: true });
      if (signed !== null) writeFileSync(signatureName(name), signed);
    },
    remove: () => rmSync(join(folder, manifestName(manifest))),
    async end() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
      rmSync(folder, { recursive: true });
    },
  };
  published.put(JSON.stringify(manifest));
  const server = serve(folder, published);
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  published.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return published;
}

function serve(folder: string, published: Published): Server {
  return createServer((request, response) => {
    const path = (request.url ?? '').slice(1);
    published.requests.push({ path, headers: request.headers });
    const isProgram = path.endsWith('.AppImage');
    const file = isProgram && published.replaced !== null ? published.replaced : join(folder, path);
    const size = statSync(file, { throwIfNoEntry: false })?.size;
    if (size === undefined) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(200, { 'content-length': size });
    const isPart = isProgram && published.sends !== 'all';
    const end = isPart ? Math.floor(size / 2) : size - 1;
    const content = createReadStream(file, { end });
    content.pipe(response, { end: !isPart });
    if (isPart && published.sends === 'half') content.on('end', () => request.socket.destroy());
  });
}
