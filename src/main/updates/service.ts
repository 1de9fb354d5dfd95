import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { app } from 'electron';
import { readShippedSync } from '#files/open-file.ts';
import type { HttpClient } from '#http/client.ts';
import type { UpdateState } from '#shared/shell/updates.ts';
import { jsonOrNull, publicKeys } from '#shared/signed/signature.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import { errorFields } from '../log.ts';
import type { MainLog } from '../log.ts';
import { updateAddress, builtInAddress } from './address.ts';
import { readMemory, writeMemory } from './update-settings.ts';
import { extensionFor, installCommand, meansOf, packageTypeIn, repositoryCommand } from './update-means.ts';
import {
  removePrevious,
  isReplaceable,
  previousPath,
  replaceProgram,
  rollBackProgram,
} from './replace-program.ts';
import { createUpdater, problemOf } from './updater.ts';
import type { Updater } from './updater.ts';

export interface Updates extends Pick<Updater, 'check' | 'download' | 'cancel' | 'set'> {
  readonly state: UpdateState;
  /** Checks one minute after the start and then daily, if automatic checks are on. */
  start(): void;
  /** Whether another version was the last to open this workspace. False for an unknown workspace. */
  isNewFor: (folder: string) => boolean;
  recordOpening(folder: string): void;
  restart(): void;
  /** Quits and relaunches the previous version. */
  goBack(): void;
  /** Installs the ready update or the previous version. Call after closing the workspace. Never rejects. */
  finish(): Promise<void>;
}

/** Milliseconds until the first check, so that it does not slow the start. */
const FIRST_CHECK_DELAY_MS = 60_000;
const CHECK_INTERVAL_MS = 86_400_000;

/** `resources` is the folder of program files that contains the trusted keys. */
export function createUpdates(
  userData: string,
  resources: string,
  log: MainLog,
  http: HttpClient,
  report: (state: UpdateState) => void,
): Updates {
  const { isPackaged } = app;
  const { env, platform, arch } = process;
  const file = join(userData, 'updates.json');
  const memory = readMemory(file);
  const initialMemory = { ...memory, opened: { ...memory.opened } };
  const version = app.getVersion();
  const packaging = { isPackaged, platform, env, resources: process.resourcesPath };
  const keys = trustedKeys(resources);
  const means = keys.length === 0 ? 'none' : meansOf(packaging);
  const program = means === 'replace' ? env['APPIMAGE'] : undefined;
  const address = updateAddress(env, builtInAddress(app.getAppPath()));
  let isHealthy = false;
  let isGoingBack = false;
  let isRestarting = false;

  let lastWrite: Promise<void> = Promise.resolve();
  const write = (): void => {
    const content = structuredClone(memory);
    lastWrite = lastWrite
      .then(() => writeMemory(file, content))
      .catch((error: unknown) => {
        log.error('update settings not written', errorFields(error));
      });
  };
  const updater = createUpdater({
    version,
    means,
    managed: env['FRAMES_UPDATES'] === 'off',
    address,
    keys,
    platform,
    arch,
    extension: extensionFor(means, packaging),
    memory,
    saveMemory({ automatic, channel, seen }) {
      Object.assign(memory, { automatic, channel, seen });
      write();
    },
    hasPrevious: () =>
      program !== undefined && initialMemory.healthy !== version && existsSync(previousPath(program)),
    http,
    // Imported on demand, because it would slow the start.
    download: async (update) => (await import('./download.ts')).downloadUpdate({ ...update, http }),
    commandFor({ url, sha512 }) {
      const type = packageTypeIn(process.resourcesPath);
      if (means !== 'package' || type === null) return null;
      return (
        repositoryCommand(type, memory.channel) ??
        installCommand(type, new URL(url, address).href, url, sha512)
      );
    },
    isReplaceable: async () => program === undefined || isReplaceable(program),
    report,
    log,
    now: Date.now,
  });
  const checkIfEnabled = (): void => {
    if (updater.state.automatic) void updater.check();
  };

  return {
    get state() {
      return updater.state;
    },
    check: updater.check,
    download: updater.download,
    cancel: updater.cancel,
    set: updater.set,
    start() {
      // The previous version is kept until this one has exited normally once.
      if (program !== undefined && initialMemory.healthy === version)
        void removePrevious(program).catch((error: unknown) =>
          log.warn('previous version not removed', errorFields(error)),
        );
      if (means === 'none') return;
      setTimeout(checkIfEnabled, FIRST_CHECK_DELAY_MS).unref();
      setInterval(checkIfEnabled, CHECK_INTERVAL_MS).unref();
    },
    isNewFor: (folder) => memory.opened[folder] !== undefined && memory.opened[folder] !== version,
    recordOpening(folder) {
      isHealthy = true;
      if (memory.opened[folder] === version) return;
      memory.opened[folder] = version;
      write();
    },
    restart() {
      isRestarting = true;
      app.quit();
    },
    goBack() {
      isGoingBack = true;
      isRestarting = true;
      app.quit();
    },
    async finish() {
      try {
        memory.problem = null;
        if (isGoingBack && program !== undefined) await rollBackProgram(program);
        else if (isHealthy) memory.healthy = version;
        if (updater.ready && !isGoingBack) await install(updater.ready, program);
      } catch (error) {
        log.error('update not installed', errorFields(error));
        memory.problem = problemOf(error);
      }
      write();
      await lastWrite;
      if (isRestarting) app.relaunch({ execPath: program ?? process.execPath, args: process.argv.slice(1) });
    },
  };
}

async function install(
  { path, sha512, install: runInstaller }: NonNullable<Updater['ready']>,
  program: string | undefined,
): Promise<void> {
  if (program === undefined) runInstaller();
  else await replaceProgram(program, path, sha512);
}

/** The built-in keys; none in sources and trial builds. */
function trustedKeys(resources: string): PublicKeys {
  try {
    return publicKeys.parse(jsonOrNull(readShippedSync(join(resources, 'keys.json'))));
  } catch {
    return [];
  }
}
