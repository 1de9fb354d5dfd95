import { rmSync } from 'node:fs';
import { mkdtemp, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { findElectron } from '#scripts/electron.ts';
import { isLinuxRoot } from '#scripts/lib/paths.ts';
import { writeEmptyApp } from '#scripts/lib/packaging/empty-app.ts';
import { buildPackage } from '#scripts/lib/packaging/package.ts';
import type { Project } from '#scripts/lib/packaging/package.ts';
import { prepareProject } from '#scripts/lib/packaging/prepare.ts';
import { targets } from '#scripts/lib/packaging/targets.ts';
import { runOrThrow } from '#scripts/lib/run-or-throw.ts';
import { PeerMissing } from '../row.ts';
import type { Figures, Row } from '../row.ts';
import type { Run } from '../run.ts';
import { compareStarts } from './paint.ts';

/** The packaged program, and an empty program packaged the same way: bytes of the deb, and the unpacked program. */
interface Packaged {
  bytes: number;
  program: string;
}

let built: Promise<{ ours: Packaged; empty: Packaged }> | undefined;

/** Builds both once in a run; they go when the run ends. */
function packages(): NonNullable<typeof built> {
  return (built ??= buildBoth());
}

async function buildBoth(): Promise<{ ours: Packaged; empty: Packaged }> {
  const folder = await mkdtemp(join(tmpdir(), 'frames-bench-packages-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const electron = await findElectron({ say: () => {} });
  const project = await prepareProject(electron, null);
  const empty = (): Promise<Project> => writeEmptyApp(join(folder, 'empty'), electron);
  return {
    ours: await packaged(async () => project(), 'frames', join(folder, 'ours-packages')),
    empty: await packaged(empty, 'frames', join(folder, 'empty-packages')),
  };
}

async function packaged(project: () => Promise<Project>, name: string, output: string): Promise<Packaged> {
  const { deb, 'tar.gz': tarball } = targets;
  if (!deb || !tarball) throw new Error('there is no target deb or tar.gz');
  const { size } = await stat(await buildPackage(await project(), deb, output));
  const archive = await buildPackage(await project(), tarball, output);
  await runOrThrow('tar', ['-xzf', archive, '-C', output]);
  return { bytes: size, program: join(output, basename(archive, '.tar.gz'), name) };
}

async function starts(run: Run, before?: () => Promise<void>): Promise<Figures> {
  const { ours, empty } = await packages();
  const programs = { ours: { program: ours.program }, theirs: { program: empty.program } };
  return (await compareStarts(run, { ...programs, ...(before && { before }) })).paint;
}

/** Makes the system read every file from the disk again. */
async function dropFileCaches(): Promise<void> {
  if (!isLinuxRoot()) throw new PeerMissing('a system whose file cache can be dropped, as root on Linux');
  await runOrThrow('sync', []);
  await writeFile('/proc/sys/vm/drop_caches', '3');
}

const notInSmoke = 'it builds packages, which takes minutes';

export const packagedRows: readonly Row[] = [
  {
    id: 'package-size',
    name: 'bytes of the deb vs the deb of an empty program',
    // Of this 0.45 are the weights of the model for searching by meaning, which hardly compress.
    target: 1.53,
    better: 'lower',
    notInSmoke,
    async measure() {
      const { ours, empty } = await packages();
      return { runs: [ours.bytes / empty.bytes] };
    },
  },
  {
    id: 'packaged-cold-start',
    name: 'first paint of the packaged program with 100k records and no file in the cache vs an empty packaged program',
    target: 1.3,
    better: 'lower',
    notInSmoke,
    measure: (run) => starts(run, dropFileCaches),
  },
  {
    id: 'packaged-first-paint',
    name: 'first paint of the packaged program with 100k records vs an empty packaged program',
    target: 1.3,
    better: 'lower',
    notInSmoke,
    measure: (run) => starts(run),
  },
];
