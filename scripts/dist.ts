import { mkdir, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildApp } from './build.ts';
import { buildCli } from './build-cli.ts';
import { findElectron } from './electron.ts';
import { builderConfig, sbomFile } from './lib/packaging/config.ts';
import { buildPackage, sourceTime } from './lib/packaging/package.ts';
import { makeSbom } from './lib/packaging/sbom.ts';
import { publicKeyOf, signingKey } from './lib/packaging/signing.ts';
import { writeShellFiles } from './lib/packaging/shell-files.ts';
import { isHere, targets } from './lib/packaging/targets.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { root } from './lib/paths.ts';
import { ensurePackages } from './system.ts';

const usage = `usage: npm run dist [-- TARGET …]
Targets: ${Object.keys(targets).join(', ')}. Without one: all that this system can build.`;

const output = join(root, 'dist');

/** Builds packages into `dist/`, each in a run of its own, because targets write different files into the unpacked program. Returns the exit code. */
async function dist(named: readonly string[]): Promise<number> {
  const unknown = named.filter((name) => !Object.hasOwn(targets, name));
  if (unknown.length > 0) {
    console.error(`There is no target ${unknown.join(' or ')}.\n${usage}`);
    return 2;
  }
  await ensurePackages(['rpm', 'zstd']);
  const electron = await findElectron();
  await buildApp();
  await buildCli();
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const shellFiles = await writeShellFiles(join(root, 'out/share'), join(root, 'out/cli/frames.js'));
  const key = signingKey();
  await writeFile(join(root, 'out/resources/keys.json'), JSON.stringify(key ? [publicKeyOf(key)] : []));
  await writeFile(sbomFile, JSON.stringify(await makeSbom(electron, await sourceTime()), null, 2));
  let failed = 0;
  for (const [name, target] of Object.entries(targets)) {
    if (named.length > 0 ? !named.includes(name) : !isHere(target)) continue;
    try {
      console.log(
        `Built ${basename(await buildPackage({ folder: root, config: builderConfig(electron, key, shellFiles), electron }, target, output))}`,
      );
    } catch (error) {
      const [reason = ''] = reasonOf(error).split('\n');
      const isOptional = named.length === 0 && target.always !== true;
      if (!isOptional) failed += 1;
      console.log(`${isOptional ? 'Skipped' : 'FAILED'} ${name}: ${reason}`);
    }
  }
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await dist(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
