import { access, constants, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ensurePackages } from '../../system.ts';
import { capture } from '../capture.ts';
import { variable } from '../environment.ts';
import { runOrThrow } from '../run-or-throw.ts';
import { linuxFile } from './share-files.ts';

/** The OpenPGP key that signs package repositories and rpm packages, in a keyring of its own. */
export interface RepositoryKey {
  fingerprint: string;
  /** Names the keyring to gpg and rpmsign. */
  env: { GNUPGHOME: string };
  /** The public key, armoured. */
  publicKey: string;
}

/**
 * Calls `use` with the key in the file that FRAMES_REPOSITORY_KEY names (a secret key that `gpg --export-secret-keys --armor` printed,
 * without a passphrase), or with null without it. The keyring is removed afterwards.
 */
export async function withRepositoryKey<T>(
  use: (key: RepositoryKey | null) => Promise<T>,
  file = variable('FRAMES_REPOSITORY_KEY'),
): Promise<T> {
  if (file === undefined) return use(null);
  await access(file, constants.R_OK).catch(() => {
    throw new Error(`FRAMES_REPOSITORY_KEY: ${file} cannot be read.`);
  });
  await ensurePackages(['gnupg']);
  // The socket of gpg's agent is in this folder, and its path must be short.
  const env = { GNUPGHOME: await mkdtemp(join(tmpdir(), 'frames-gpg-')) };
  try {
    // A file without a key makes gpg fail; the list of keys says the same.
    await capture('gpg', ['--batch', '--quiet', '--import', file], { env: { ...process.env, ...env } });
    const listed = await runOrThrow('gpg', ['--batch', '--with-colons', '--list-secret-keys'], env);
    const fingerprint = /^fpr:+([0-9A-F]+):/m.exec(listed)?.[1];
    if (fingerprint === undefined)
      throw new Error(`FRAMES_REPOSITORY_KEY: ${file} holds no secret OpenPGP key.`);
    const publicKey = await runOrThrow('gpg', ['--batch', '--armor', '--export', fingerprint], env);
    return await use({ fingerprint, env, publicKey });
  } finally {
    await runOrThrow('gpgconf', ['--kill', 'all'], env).catch(() => '');
    await rm(env.GNUPGHOME, { recursive: true, force: true });
  }
}

/** Writes what deb and rpm need to register the repository at `address`: the public key and the command. Nothing without a key. */
export async function writeRepositoryFiles(folder: string, address: string): Promise<void> {
  await withRepositoryKey(async (key) => {
    if (key === null) return;
    if (!/^[\w:/.-]+$/.test(address))
      throw new Error(`The update address ${address} has unusual characters.`);
    const script = await readFile(linuxFile('enable-repository.sh'), 'utf8');
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'repository-key.asc'), key.publicKey);
    await writeFile(join(folder, 'enable-repository'), script.replace('@URL@', address), { mode: 0o755 });
  });
}

/** Signs an rpm package in place. */
export async function signRpm(file: string, { fingerprint, env }: RepositoryKey): Promise<void> {
  // Debian's rpm names gpg without its folder, and does not search for it.
  const macros = [`_gpg_name ${fingerprint}`, '__gpg /usr/bin/gpg'].flatMap((macro) => ['--define', macro]);
  await runOrThrow('rpmsign', [...macros, '--addsign', file], env);
}
