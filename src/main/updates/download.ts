import { randomUUID } from 'node:crypto';
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { AppImageUpdater, CancellationToken, MacUpdater, NsisUpdater, Provider } from 'electron-updater';
import type { AppUpdater, ResolvedUpdateFileInfo, UpdateInfo } from 'electron-updater';
import type { ProviderRuntimeOptions } from 'electron-updater/out/providers/Provider.js';
import type { HttpClient } from '#http/client.ts';
import { toNetworkFailure } from '#http/failure.ts';
import type { NetworkFailure } from '#http/failure.ts';
import type { Manifest } from '#shared/updates/manifest.ts';
import type { MainLog } from '../log.ts';

export interface DownloadedUpdate {
  path: string;
  /** Runs the system installer when the program ends. An AppImage uses `replaceProgram` instead. */
  install: () => void;
}

export interface DownloadOptions {
  manifest: Manifest;
  file: Manifest['files'][number];
  /** The folder URL of the file, with a trailing slash. */
  address: string;
  log: MainLog;
  onProgress: (received: number) => void;
  signal: AbortSignal;
}

/** Requests of electron-updater, which would not know the CA file of FRAMES, nor, on Linux, the CAs of the system. */
interface Executor {
  createRequest: (options: RequestOptions, callback: (response: IncomingMessage) => void) => ClientRequest;
}

/** Downloads a file of a verified manifest with electron-updater, which checks the hash. Throws if the download fails. */
export async function downloadUpdate({
  manifest,
  file,
  address,
  log,
  onProgress,
  signal,
  http,
}: DownloadOptions & { http: HttpClient }): Promise<DownloadedUpdate> {
  const url = new URL(file.url, address);
  const connection = await http.connect(url);
  let failure: NetworkFailure | undefined;
  const keepFailure = (error: Error): void => void (failure = toNetworkFailure(error, url, connection.proxy));
  /** Gives electron-updater the verified manifest, so that it does not download one itself. */
  class VerifiedProvider extends Provider<UpdateInfo> {
    constructor(_options: unknown, _updater: unknown, runtime: ProviderRuntimeOptions) {
      super(runtime);
    }
    override getLatestVersion(): Promise<UpdateInfo> {
      const { version, releaseDate } = manifest;
      return Promise.resolve({ version, releaseDate, files: [file], path: file.url, sha512: file.sha512 });
    }
    override resolveFiles(): ResolvedUpdateFileInfo[] {
      return [{ url, info: file }];
    }
  }
  const updater = createUpdater({ provider: 'custom', updateProvider: VerifiedProvider });
  updater.logger = {
    info: (message) => log.info('updater', { message: String(message) }),
    warn: (message) => log.warn('updater', { message: String(message) }),
    error: (message) => log.error('updater', { message: String(message) }),
  };
  (updater as unknown as { httpExecutor: Executor }).httpExecutor.createRequest = (options, callback) =>
    connection
      .request(options)
      .on('response', (response) => {
        // A download that breaks off fails in the response, not in the request.
        response.on('error', keepFailure);
        callback(response);
      })
      .on('error', keepFailure);
  updater.autoDownload = false;
  updater.autoInstallOnAppQuit = false;
  updater.disableDifferentialDownload = true;
  // A random id per download: electron-updater would otherwise store an id of this computer for staged rollouts.
  Object.assign(updater, { stagingUserIdPromise: { value: Promise.resolve(randomUUID()) } });
  updater.on('download-progress', ({ transferred }) => onProgress(transferred));
  // Without a listener, an `error` event would end the program. The calls below throw the same error.
  updater.on('error', () => {});
  if (!(await updater.checkForUpdates())?.isUpdateAvailable)
    throw new Error('electron-updater refused the update');
  signal.throwIfAborted();
  const token = new CancellationToken();
  const cancel = (): void => token.cancel();
  signal.addEventListener('abort', cancel);
  try {
    const [path] = await updater.downloadUpdate(token);
    if (path === undefined) throw new Error('electron-updater named no file');
    return { path, install: () => updater.quitAndInstall(true, false) };
  } catch (error) {
    throw failure ?? error;
  } finally {
    signal.removeEventListener('abort', cancel);
  }
}

function createUpdater(options: NonNullable<ConstructorParameters<typeof NsisUpdater>[0]>): AppUpdater {
  if (process.platform === 'win32') return new NsisUpdater(options);
  return process.platform === 'darwin' ? new MacUpdater(options) : new AppImageUpdater(options);
}
