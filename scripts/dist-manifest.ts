import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { updateChannel as channels } from '#shared/updates/manifest.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { packageJson } from './lib/package-json.ts';
import { distFolder } from './lib/packaging/dist-folder.ts';
import { sourceTime } from './lib/packaging/package.ts';
import { describeFiles, publishManifest, renewManifests as renew } from './lib/packaging/publish.ts';
import { signingKey } from './lib/packaging/signing.ts';
import type { SigningKey } from './lib/packaging/signing.ts';
import { root } from './lib/paths.ts';

/** Writes the signed manifests of the packages in `dist/` for the channels that are named, or signs those in it again. Returns the exit code. */
async function writeManifests(named: readonly string[]): Promise<number> {
  if (named[0] === '--renew') return renewManifests();
  const chosen = channels.array().min(1).safeParse(named);
  if (!chosen.success) {
    console.error(
      `usage: npm run dist:manifest -- CHANNEL … | --renew\nChannels: ${channels.options.join(', ')}.`,
    );
    return 2;
  }
  const key = neededKey();
  const folder = distFolder();
  const { version } = packageJson;
  const packages = (await readdir(folder)).filter((name) =>
    name.startsWith(`FRAMES-${version}-${process.arch}`),
  );
  if (packages.length === 0)
    throw new Error(`dist/ has no package of ${version}. Run this first: npm run dist`);
  const files = await describeFiles(packages.map((name) => join(folder, name)));
  const releaseDate = new Date((await sourceTime()) * 1000).toISOString();
  const releaseNotes = (await readFile(join(root, 'docs/releases', `${version}.txt`), 'utf8')).trim();
  const { platform, arch } = process;
  for (const channel of chosen.data) {
    const of = { version, channel, platform, arch, releaseDate, releaseNotes, files };
    console.log(`Wrote ${await publishManifest(of, key, folder)}`);
  }
  return 0;
}

async function renewManifests(): Promise<number> {
  const key = neededKey();
  const renewed = await renew(distFolder(), key);
  for (const name of renewed) console.log(`Renewed ${name}`);
  if (renewed.length === 0) throw new Error('dist/ has no manifest. Copy the published ones there.');
  return 0;
}

function neededKey(): SigningKey {
  const key = signingKey();
  if (!key) throw new Error('FRAMES_SIGNING_KEY is missing: programs refuse a manifest that is not signed.');
  return key;
}

try {
  process.exitCode = await writeManifests(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
