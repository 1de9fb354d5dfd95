import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { createHttpClient } from '#http/client.ts';
import type { UpdateStatus } from '#shared/shell/updates.ts';
import { readMemory } from '#main/updates/update-settings.ts';
import { createUpdater } from '#main/updates/updater.ts';
import { publicKeyOf, signText } from '#scripts/lib/packaging/signing.ts';
import { makeCa } from '#test/support/certificates.ts';
import { testFolder } from '#test/support/folder.ts';
import { startProxy, startTlsFront } from '#test/support/tls-front.ts';
import { keyNamed, publishedManifest } from '#test/support/update-manifest.ts';

const { ca, server: certificate } = makeCa('Campus CA');
const key = keyNamed('ours');
const program = randomBytes(300_000);
const file = {
  url: 'FRAMES-0.2.0-x64.AppImage',
  sha512: createHash('sha512').update(program).digest('base64'),
  size: program.length,
};
const manifest = JSON.stringify({ ...publishedManifest, files: [file] });
const published: Readonly<Record<string, string | Buffer>> = {
  '/stable-linux-x64.json': manifest,
  '/stable-linux-x64.json.sig': signText(manifest, key),
  [`/${file.url}`]: program,
};

/** Electron of a package, as far as electron-updater asks it: there is none in this process. */
function replaceElectron(): void {
  const folder = testFolder();
  const [electron, cache] = [join(folder, 'electron.cjs'), join(folder, 'cache')];
  writeFileSync(
    electron,
    `exports.app = { isPackaged: true, getVersion: () => '0.1.0', getName: () => 'FRAMES', getPath: () => ${JSON.stringify(folder)}, whenReady: async () => {}, once: () => {} };`,
  );
  writeFileSync(join(folder, 'app-update.yml'), 'provider: custom\nupdaterCacheDirName: frames-updater\n');
  Object.defineProperty(process, 'resourcesPath', { value: folder, configurable: true });
  vi.stubEnv('XDG_CACHE_HOME', cache);
  vi.stubEnv('APPIMAGE', join(folder, 'FRAMES.AppImage'));
  const hooks = registerHooks({
    resolve: (specifier, context, next) =>
      specifier === 'electron'
        ? { url: pathToFileURL(electron).href, format: 'commonjs', shortCircuit: true }
        : next(specifier, context),
  });
  onTestFinished(() => {
    hooks.deregister();
    vi.unstubAllEnvs();
    Reflect.deleteProperty(process, 'resourcesPath');
  });
}

test.runIf(process.platform === 'linux')(
  'an update is found and downloaded through a proxy from a server with an own CA',
  async () => {
    replaceElectron();
    const { downloadUpdate } = await import('#main/updates/download.ts');
    let isCutOff = false;
    const front = await startTlsFront(certificate, ({ url = '' }, response) => {
      const content = published[url];
      response.writeHead(content === undefined ? 404 : 200, { 'content-length': content?.length ?? 0 });
      if (!isCutOff || content !== program) return void response.end(content);
      response.write(program.subarray(0, 1000), () => response.destroy());
    });
    const proxy = await startProxy();
    onTestFinished(() => proxy.stop());
    onTestFinished(() => front.stop());
    const caFile = join(testFolder(), 'ca.pem');
    writeFileSync(caFile, ca.cert);
    const host = `frames.test:${front.port}`;
    const updaterWith = (environment: Record<string, string>) => {
      const way = { HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`, FRAMES_CONFIG: testFolder() };
      const http = createHttpClient({ environment: { ...way, ...environment } });
      return createUpdater({
        version: '0.1.0',
        means: 'replace',
        managed: false,
        address: `https://${host}/`,
        keys: [publicKeyOf(key)],
        platform: 'linux',
        arch: 'x64',
        extension: '.AppImage',
        memory: readMemory('/nowhere'),
        saveMemory: () => {},
        hasPrevious: () => false,
        http,
        download: (downloading) => downloadUpdate({ ...downloading, http }),
        commandFor: () => null,
        isReplaceable: async () => true,
        report: () => {},
        log: { info: () => {}, warn: () => {}, error: () => {} },
        now: () => 0,
      });
    };
    const statusOf = ({ state }: ReturnType<typeof updaterWith>): UpdateStatus => state.status;

    const refused = updaterWith({});
    await refused.check();
    expect(statusOf(refused)).toMatchObject({
      status: 'failed',
      problem: 'offline',
      network: { reason: 'unknown_issuer', host },
    });

    const updater = updaterWith({ NODE_EXTRA_CA_CERTS: caFile });
    await updater.check();
    expect(statusOf(updater)).toMatchObject({ status: 'available' });
    isCutOff = true;
    await updater.download();
    expect(statusOf(updater)).toMatchObject({
      status: 'failed',
      problem: 'offline',
      network: { reason: 'connection_reset', host },
    });
    isCutOff = false;
    await updater.download();
    expect(statusOf(updater)).toMatchObject({ status: 'ready' });
    expect(readFileSync(updater.ready?.path ?? '').equals(program)).toBe(true);
    // No DNS knows this name: only the proxy finds the server.
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host}`]));
  },
);
