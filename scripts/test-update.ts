import { generateKeyPairSync } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findElectron } from './electron.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { buildPackage } from './lib/packaging/package.ts';
import { prepareProject } from './lib/packaging/prepare.ts';
import { writeSelfExtracting } from './lib/packaging/self-extracting.ts';
import { targets } from './lib/packaging/targets.ts';
import { root } from './lib/paths.ts';
import { runWithDisplay } from './with-display.ts';

/** Where the programs and the key of the test are. */
const folder = join(root, 'dist/update-test');

/** Builds two versions that trust a key of this run, and tests updating from one to the other. `--keep` uses those of the last run. */
async function testUpdate(args: readonly string[]): Promise<number> {
  if (args[0] !== '--keep') await buildVersions();
  const rest = args.filter((argument) => argument !== '--keep');
  process.env['FRAMES_UPDATE_TEST'] = folder;
  return runWithDisplay('playwright', ['test', '--config', 'test/update/playwright.config.ts', ...rest]);
}

async function buildVersions(): Promise<void> {
  const tarball = targets['tar.gz'];
  if (!tarball) throw new Error('there is no target tar.gz');
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  const { privateKey } = generateKeyPairSync('ed25519');
  await writeFile(join(folder, 'key.pem'), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  const electron = await findElectron();
  const project = await prepareProject(electron, { id: 'test', privateKey });
  for (const version of ['0.1.0', '0.2.0']) {
    const { config, ...rest } = project();
    const extraMetadata = { ...(config.extraMetadata as object), version };
    const changed = { ...rest, config: { ...config, extraMetadata } };
    const archive = await buildPackage(changed, tarball, join(folder, version));
    await writeSelfExtracting(archive, join(folder, `FRAMES-${version}-${process.arch}.AppImage`));
    await rm(join(folder, version), { recursive: true });
  }
}

try {
  process.exitCode = await testUpdate(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
