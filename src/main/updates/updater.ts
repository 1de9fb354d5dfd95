import type {
  AvailableUpdate,
  UpdateMeans,
  UpdateProblem,
  UpdateSettings,
  UpdateState,
  UpdateStatus,
} from '#shared/shell/updates.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import { UpdateRefused } from '#shared/updates/manifest.ts';
import type { Manifest } from '#shared/updates/manifest.ts';
import { errorFields } from '../log.ts';
import type { MainLog } from '../log.ts';
import type { Downloaded, Downloading } from './download.ts';
import { fetchManifest, Unreachable } from './fetch-manifest.ts';
import type { Fetch } from './fetch-manifest.ts';
import type { UpdateMemory } from './memory.ts';
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
  remember: (settings: Required<UpdateSettings>) => void;
  hasPrevious: () => boolean;
  fetch: Fetch;
  download: (downloading: Downloading) => Promise<Downloaded>;
  /** The shell command that installs a package; null if the program updates itself. */
  commandFor: (file: Manifest['files'][number]) => string | null;
  /** Whether the program can be replaced; checked before a download. */
  isReplaceable: () => Promise<boolean>;
  report: (state: UpdateState) => void;
  log: MainLog;
  now: () => number;
}

export interface ReadyUpdate extends Downloaded {
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

/** Progress events per download. */
const PROGRESS_STEPS = 100;

/** Checks for updates and downloads them. Failures become the status `failed`; no method rejects. */
export function createUpdater(options: UpdaterOptions): Updater {
  const { version, means, managed, address, keys, platform, arch, log } = options;
  const memory = { ...options.memory };
  let status: UpdateStatus =
    memory.problem === null
      ? { status: 'idle' }
      : { status: 'failed', problem: memory.problem, update: null };
  let found: { manifest: Manifest; file: Manifest['files'][number]; update: AvailableUpdate } | null = null;
  let ready: ReadyUpdate | null = null;
  let running = new AbortController();

  const stateNow = (): UpdateState => ({
    version,
    means,
    managed,
    automatic: memory.automatic,
    channel: memory.channel,
    hasPrevious: options.hasPrevious(),
    status,
  });
  const enter = (next: UpdateStatus): void => {
    status = next;
    options.report(stateNow());
  };
  const failWith = (error: unknown): void => {
    log.warn('update failed', errorFields(error));
    enter({ status: 'failed', problem: problemOf(error), update: found?.update ?? null });
  };
  const isBusy = (): boolean =>
    status.status === 'checking' || status.status === 'downloading' || ready !== null;

  return {
    get state() {
      return stateNow();
    },
    get ready() {
      return ready;
    },
    async check() {
      if (managed || means === 'none' || isBusy()) return;
      enter({ status: 'checking' });
      running = new AbortController();
      const expected = { keys, channel: memory.channel, platform, arch, current: version };
      try {
        const manifest = await fetchManifest(options.fetch, address, expected, running.signal);
        found = manifest && updateIn(manifest, options);
        if (found) enter({ status: 'available', update: found.update });
        else enter({ status: 'current', at: new Date(options.now()).toISOString() });
      } catch (error) {
        if (running.signal.aborted) enter({ status: 'idle' });
        else failWith(error);
      }
    },
    async download() {
      if (!found || isBusy() || (means !== 'replace' && means !== 'installer')) return;
      const { manifest, file, update } = found;
      running = new AbortController();
      let reported = 0;
      const onProgress = (received: number): void => {
        if (status.status !== 'downloading' || received - reported < file.size / PROGRESS_STEPS) return;
        reported = received;
        enter({ status: 'downloading', update, received });
      };
      enter({ status: 'downloading', update, received: 0 });
      const { signal } = running;
      try {
        if (!(await options.isReplaceable())) throw new FolderNotWritable('The folder of FRAMES');
        signal.throwIfAborted();
        const downloaded = await options.download({ manifest, file, address, log, onProgress, signal });
        ready = { ...downloaded, sha512: file.sha512 };
        enter({ status: 'ready', update });
      } catch (error) {
        // A change of channel aborts the download and discards the update.
        if (signal.aborted) enter(found ? { status: 'available', update } : { status: 'idle' });
        else failWith(error);
      }
    },
    cancel: () => running.abort(),
    set(settings) {
      const isOther = settings.channel !== undefined && settings.channel !== memory.channel;
      Object.assign(memory, settings);
      options.remember(memory);
      if (isOther && ready === null) {
        running.abort();
        found = null;
        enter({ status: 'idle' });
      } else enter(status);
    },
  };
}

function updateIn(manifest: Manifest, { extension, address, commandFor }: UpdaterOptions) {
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
  if (error instanceof Unreachable) return 'offline';
  if (error instanceof FolderNotWritable) return 'read-only';
  const { code, message } = error as { code?: unknown; message?: unknown };
  if (damageCodes.has(code)) return 'damaged';
  if (code === 'ENOSPC' || code === 'EDQUOT') return 'full';
  if (typeof message === 'string' && /net::ERR_|ECONN|ENOTFOUND|ETIMEDOUT/.test(message)) return 'offline';
  return 'internal';
}
