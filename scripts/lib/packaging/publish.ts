import { createHash } from 'node:crypto';
import { readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { signatureName } from '#shared/signed/signature.ts';
import { updateManifest, manifestName } from '#shared/updates/manifest.ts';
import type { Manifest } from '#shared/updates/manifest.ts';
import { signText } from './signing.ts';
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

/** Writes a manifest and its signature into a folder, beside the files that it lists. Returns its name. Throws for a manifest that programs would refuse. */
export async function publishManifest(of: Manifest, key: SigningKey, folder: string): Promise<string> {
  const name = manifestName(of);
  const text = JSON.stringify(updateManifest.parse(of), null, 1);
  await writeFile(join(folder, name), text);
  await writeFile(join(folder, signatureName(name)), signText(text, key));
  return name;
}
