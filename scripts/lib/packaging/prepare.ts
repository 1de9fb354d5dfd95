import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { buildApp } from '../../build.ts';
import { buildCli } from '../../build-cli.ts';
import type { Electron } from '../electron-kinds.ts';
import { root } from '../paths.ts';
import { builderConfig, sbomFile, shareFolder, updateAddress } from './config.ts';
import { sourceTime } from './package.ts';
import type { Project } from './package.ts';
import { makeSbom } from './sbom.ts';
import { writeRepositoryFiles } from './repository-key.ts';
import { writeShareFiles } from './share-files.ts';
import { trustedKeys } from './signing.ts';
import type { SigningKey } from './signing.ts';

/** Builds everything that packages contain into `out/`. Returns a function that gives the project of each package, because each can be used only once. */
export async function prepareProject(electron: Electron, key: SigningKey | null): Promise<() => Project> {
  await buildApp();
  await buildCli();
  const time = await sourceTime();
  await writeShareFiles(shareFolder, join(root, 'out/cli/frames.js'), time);
  await writeRepositoryFiles(join(shareFolder, 'frames'), updateAddress);
  await writeFile(join(root, 'out/resources/keys.json'), JSON.stringify(await trustedKeys(key)));
  await writeFile(sbomFile, JSON.stringify(await makeSbom(electron, time), null, 2));
  return () => ({ folder: root, config: builderConfig(electron, key), electron });
}
