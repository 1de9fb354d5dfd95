import { mkdir, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { findElectron } from './electron.ts';
import { variable } from './lib/environment.ts';
import { unsignedNotice } from './lib/packaging/certificates.ts';
import { buildPackage } from './lib/packaging/package.ts';
import { prepareProject } from './lib/packaging/prepare.ts';
import { signRpm, withRepositoryKey } from './lib/packaging/repository-key.ts';
import { signingKey } from './lib/packaging/signing.ts';
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
  // electron-builder would look for the file of an empty name.
  for (const name of ['CSC_LINK', 'WIN_CSC_LINK']) if (variable(name) === undefined) delete process.env[name];
  await rm(output, { recursive: true, force: true });
  await mkdir(output, { recursive: true });
  const project = await prepareProject(electron, signingKey());
  let failed = 0;
  for (const [name, target] of Object.entries(targets)) {
    if (named.length > 0 ? !named.includes(name) : !isHere(target)) continue;
    const notice = unsignedNotice(name, target);
    if (notice !== null) console.log(notice);
    try {
      const file = await buildPackage(project(), target, output);
      if (name === 'rpm') await withRepositoryKey(async (key) => key && signRpm(file, key));
      console.log(`Built ${basename(file)}`);
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
