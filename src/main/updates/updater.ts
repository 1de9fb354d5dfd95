import type {
  AvailableUpdate,
  UpdateMeans,
  UpdateProblem,
  UpdateSettings,
  UpdateState,
  UpdateStatus,
} from '#shared/shell/updates.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import type { HttpClient } from '#http/client.ts';
import { networkFailureOf } from '#http/failure.ts';
import { compareVersions, UpdateRefused } from '#shared/updates/manifest.ts';
import type { Manifest } from '#shared/updates/manifest.ts';
import { errorFields } from '../log.ts';
import type { MainLog } from '../log.ts';
import type { DownloadedUpdate, DownloadOptions } from './download.ts';
import { fetchManifest, UpdateUnreachable } from './fetch-manifest.ts';
import type { UpdateMemory } from './update-settings.ts';
import { FolderNotWritable } from './replace-program.ts';

export interface UpdaterOptions {
  version: string;
  means: UpdateMeans;
  /** True if an administrator has disabled updates. */
  managed: boolean;
  /** The update address, with a trailing slash. */
  address: string;
  keys: PublicKeys;
  platform: string;
  arch: string;
  /** The file name suffix of the update for this program. */
  extension: string;
  memory: UpdateMemory;
  saveMemory: (memory: Pick<UpdateMemory, 'automatic' | 'channel' | 'seen'>) => void;
  hasPrevious: () => boolean;
  http: Pick<HttpClient, 'fetch'>;
  download: (downloading: DownloadOptions) => Promise<DownloadedUpdate>;
  /** The shell command that installs a package; null if the program updates itself. */
  commandFor: (file: Manifest['files'][number]) => string | null;
  /** Whether the program can be replaced; checked before a download. */
  isReplaceable: () => Promise<boolean>;
  report: (state: UpdateState) => void;
  log: MainLog;
  now: () => number;
}

export interface ReadyUpdate extends DownloadedUpdate {
  sha512: string;
}

export interface Updater {
  readonly state: UpdateState;
  /** The update to install when the program ends, or null. */
  readonly ready: ReadyUpdate | null;
  check: () => Promise<void>;
  download: () => Promise<void>;
  cancel: () => void;
  set: (settings: UpdateSettings) => void;
}

const MAX_PROGRESS_EVENTS = 100;

/** Checks for updates and downloads them. Failures become the status `failed`; no method rejects. */
export function createUpdater(options: UpdaterOptions): Updater {
  const { version, means, managed, address, keys, platform, arch, log } = options;
  const memory = { ...options.memory };
  let status: UpdateStatus =
    memory.problem === null
      ? { status: 'idle' }
      : { status: 'failed', problem: memory.problem, parameters: {}, update: null };
  let foundUpdate: { manifest: Manifest; file: Manifest['files'][number]; update: AvailableUpdate } | null =
    null;
  let ready: ReadyUpdate | null = null;
  let abortController = new AbortController();

  const buildState = (): UpdateState => ({
    version,
    means,
    managed,
    automatic: memory.automatic,
    channel: memory.channel,
    hasPrevious: options.hasPrevious(),
    status,
  });
  const setStatus = (newStatus: UpdateStatus): void => {
    status = newStatus;
    options.report(buildState());
  };
  const setFailed = (error: unknown): void => {
    log.warn('update failed', errorFields(error));
    const parameters = error instanceof UpdateRefused ? error.parameters : {};
    const update = foundUpdate?.update ?? null;
    const network = networkFailureOf(error)?.problem;
    const failure = { problem: problemOf(error), parameters, update, ...(network && { network }) };
    setStatus({ status: 'failed', ...failure });
  };
  const isBusy = (): boolean =>
    status.status === 'checking' || status.status === 'downloading' || ready !== null;

  return {
    get state() {
      return buildState();
    },
    get ready() {
      return ready;
    },
    async check() {
      if (managed || means === 'none' || isBusy()) return;
      setStatus({ status: 'checking' });
      abortController = new AbortController();
      const { channel } = memory;
      const now = options.now();
      const expected = { keys, channel, platform, arch, installed: version, seen: memory.seen[channel], now };
      try {
        const manifest = await fetchManifest(options.http, address, expected, abortController.signal);
        memory.seen = { ...memory.seen, [channel]: manifest.version };
        options.saveMemory(memory);
        const isNewer = compareVersions(manifest.version, version) > 0;
        foundUpdate = isNewer ? findUpdate(manifest, options) : null;
        if (foundUpdate) setStatus({ status: 'available', update: foundUpdate.update });
        else setStatus({ status: 'current', at: new Date(now).toISOString() });
      } catch (error) {
        if (abortController.signal.aborted) setStatus({ status: 'idle' });
        else setFailed(error);
      }
    },
    async download() {
      if (!foundUpdate || isBusy() || (means !== 'replace' && means !== 'installer')) return;
      const { manifest, file, update } = foundUpdate;
      abortController = new AbortController();
      let reportedBytes = 0;
      const onProgress = (received: number): void => {
        if (status.status !== 'downloading' || received - reportedBytes < file.size / MAX_PROGRESS_EVENTS)
          return;
        reportedBytes = received;
        setStatus({ status: 'downloading', update, received });
      };
      setStatus({ status: 'downloading', update, received: 0 });
      const { signal } = abortController;
      try {
        if (!(await options.isReplaceable())) throw new FolderNotWritable('The folder of FRAMES');
        signal.throwIfAborted();
        const downloadResult = await options.download({ manifest, file, address, log, onProgress, signal });
        ready = { ...downloadResult, sha512: file.sha512 };
        setStatus({ status: 'ready', update });
      } catch (error) {
        // A change of channel aborts the download and discards the update.
        if (signal.aborted) setStatus(foundUpdate ? { status: 'available', update } : { status: 'idle' });
        else setFailed(error);
      }
    },
    cancel: () => abortController.abort(),
    set(settings) {
      const isNewChannel = settings.channel !== undefined && settings.channel !== memory.channel;
      Object.assign(memory, settings);
      options.saveMemory(memory);
      if (isNewChannel && ready === null) {
        abortController.abort();
        foundUpdate = null;
        setStatus({ status: 'idle' });
      } else setStatus(status);
    },
  };
}

function findUpdate(manifest: Manifest, { extension, address, commandFor }: UpdaterOptions) {
  const file = manifest.files.find(({ url }) => url.endsWith(extension));
  // This platform has no package of this kind.
  if (!file) throw new UpdateRefused('platform');
  const { version, releaseDate, releaseNotes } = manifest;
  return {
    manifest,
    file,
    update: {
      version,
      released: releaseDate,
      notes: releaseNotes,
      size: file.size,
      url: new URL(file.url, address).href,
      command: commandFor(file),
    },
  };
}

/** Error codes of electron-updater for a file that differs from the published one. */
const damageCodes: ReadonlySet<unknown> = new Set([
  'ERR_CHECKSUM_MISMATCH',
  'ERR_UPDATER_INVALID_UPDATE_INFO',
]);

export function problemOf(error: unknown): UpdateProblem {
  if (error instanceof UpdateRefused) return error.reason;
  if (error instanceof UpdateUnreachable || networkFailureOf(error)) return 'offline';
  if (error instanceof FolderNotWritable) return 'read-only';
  const { code } = error as { code?: unknown };
  if (damageCodes.has(code)) return 'damaged';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  return 'internal';
}
