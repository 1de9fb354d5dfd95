import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from '../../build.ts';
import { buildCli } from '../../build-cli.ts';
import type { Electron } from '../electron-kinds.ts';
import { root } from '../paths.ts';
import { builderConfig, sbomFile } from './config.ts';
import { sourceTime } from './package.ts';
import type { Project } from './package.ts';
import { makeSbom } from './sbom.ts';
import { writeShellFiles } from './shell-files.ts';
import { trustedKeys } from './signing.ts';
import type { SigningKey } from './signing.ts';

/** Builds everything that packages contain into `out/`. Returns a function that gives the project of each package, because each can be used only once. */
export async function prepareProject(electron: Electron, key: SigningKey | null): Promise<() => Project> {
  await buildApp();
  await buildCli();
  const shellFiles = await writeShellFiles(join(root, 'out/share'), join(root, 'out/cli/frames.js'));
  await writeFile(join(root, 'out/resources/keys.json'), JSON.stringify(await trustedKeys(key)));
  await writeFile(sbomFile, JSON.stringify(await makeSbom(electron, await sourceTime()), null, 2));
  return () => ({ folder: root, config: builderConfig(electron, key, shellFiles), electron });
}
