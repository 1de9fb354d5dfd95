import { createHash } from 'node:crypto';
import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { signatureName, signatureProblem } from '#shared/signed/signature.ts';
import type { SignatureProblem } from '#shared/signed/signature.ts';
import { updateManifest, manifestName } from '#shared/updates/manifest.ts';
import type { Manifest } from '#shared/updates/manifest.ts';
import { signText, trustedKeys } from './signing.ts';
import type { SigningKey } from './signing.ts';

/** Describes packages for a manifest. */
export async function describeFiles(files: readonly string[]): Promise<Manifest['files']> {
  return Promise.all(
    files.map(async (file) => ({
      url: basename(file),
      sha512: createHash('sha512')
        .update(await readFile(file))
        .digest('base64'),
      size: (await stat(file)).size,
    })),
  );
}

/** How long a manifest and a package repository are accepted. Renew them earlier: `npm run dist:manifest -- --renew`. */
export const validDays = 90;

export const expiryFrom = (now: number): Date => new Date(now + validDays * 86_400_000);

/** Writes a manifest and its signature into a folder, beside the files that it lists. Returns its name. Throws for a manifest that programs would refuse. */
export async function publishManifest(
  of: Omit<Manifest, 'expires'>,
  key: SigningKey,
  folder: string,
): Promise<string> {
  const name = manifestName(of);
  const expires = expiryFrom(Date.now()).toISOString();
  const text = JSON.stringify(updateManifest.parse({ ...of, expires }), null, 1);
  await writeFile(join(folder, name), text);
  await writeFile(join(folder, signatureName(name)), signText(text, key));
  return name;
}

const sentences: Readonly<Record<SignatureProblem, string>> = {
  unsigned: 'it has no signature beside it. Copy the published one there too.',
  'unknown-key': 'resources/keys.json does not list the key that signed it.',
  forged: 'it was changed after it was signed.',
};

/** Signs the manifests in a folder again, with a later expiry. Returns their names. Throws for one whose signature is not of `trusted`. */
export async function renewManifests(folder: string, key: SigningKey): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => /^(stable|beta)-\w+-\w+\.json$/.test(name));
  const trusted = await trustedKeys(key);
  for (const name of names) {
    const text = await readFile(join(folder, name), 'utf8');
    const signed = await readFile(join(folder, signatureName(name)), 'utf8').catch(() => null);
    const problem = signatureProblem(text, signed, trusted);
    if (problem !== null) throw new Error(`${name} is not renewed: ${sentences[problem]}`);
    await publishManifest(updateManifest.parse(JSON.parse(text)), key, folder);
  }
  return names;
}
