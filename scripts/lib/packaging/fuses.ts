import { FuseV1Options, FuseVersion, flipFuses } from '@electron/fuses';
import type { FuseV1Config } from '@electron/fuses';

/** Every fuse of the packaged program. A fuse that a new Electron adds fails the build until it is decided here. */
export const fuses: FuseV1Config & Record<FuseV1Options, boolean> = {
  version: FuseVersion.V1,
  strictlyRequireAllFuses: true,
  // Each of the first three would let another program run its code inside of ours.
  [FuseV1Options.RunAsNode]: false,
  [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: false,
  [FuseV1Options.EnableNodeCliInspectArguments]: false,
  [FuseV1Options.EnableCookieEncryption]: true,
  // Enforced on Windows and macOS only; on Linux `frames verify --program` checks the files.
  [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: true,
  [FuseV1Options.OnlyLoadAppFromAsar]: true,
  [FuseV1Options.LoadBrowserProcessSpecificV8Snapshot]: false,
  [FuseV1Options.GrantFileProtocolExtraPrivileges]: false,
  // Without the handlers of the operating system WebAssembly checks every access itself, at half the speed.
  [FuseV1Options.WasmTrapHandlers]: true,
};

/** Sets all fuses of a packaged program. Throws if it has one that is not decided here. */
export async function setFuses(program: string): Promise<void> {
  await flipFuses(program, fuses);
}
