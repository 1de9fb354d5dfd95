import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { publicKeys } from '#shared/signed/signature.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import { variable } from '../environment.ts';
import { root } from '../paths.ts';

/** The key that packages and manifests are signed with. */
export interface SigningKey {
  id: string;
  privateKey: KeyObject;
}

/** The 32 bytes of the public key, in hexadecimal. */
const rawOf = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('hex');

export const publicKeyOf = ({ id, privateKey }: SigningKey): PublicKeys[number] => ({
  id,
  key: rawOf(privateKey),
});

/** The keys that a packaged program trusts: those of `resources/keys.json`, where the next one is listed before it is used, and `key`. */
export async function trustedKeys(key: SigningKey | null): Promise<PublicKeys> {
  const listed = publicKeys.parse(JSON.parse(await readFile(join(root, 'resources/keys.json'), 'utf8')));
  return key === null || listed.some(({ id }) => id === key.id) ? listed : [...listed, publicKeyOf(key)];
}

/**
 * The key that FRAMES_SIGNING_KEY (a PEM file) and FRAMES_SIGNING_KEY_ID name; null without them, as for a trial. Throws for a file that
 * cannot be read or holds no such key.
 */
export function signingKey(env: NodeJS.ProcessEnv = process.env): SigningKey | null {
  const file = variable('FRAMES_SIGNING_KEY', env);
  if (file === undefined) return null;
  const privateKey = readPrivateKey(file);
  if (privateKey?.asymmetricKeyType !== 'ed25519')
    throw new Error(`FRAMES_SIGNING_KEY: ${file} holds no private Ed25519 key in PEM form.`);
  const id = variable('FRAMES_SIGNING_KEY_ID', env);
  if (id === undefined) throw new Error('FRAMES_SIGNING_KEY_ID is missing: it names the key.');
  return { id, privateKey };
}

/** Null if the file holds no private key. */
function readPrivateKey(file: string): KeyObject | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw new Error(`FRAMES_SIGNING_KEY: ${file} cannot be read.`);
  }
  try {
    return createPrivateKey(text);
  } catch {
    return null;
  }
}

/** The text of the file beside a signed one. */
export const signText = (text: string, { id, privateKey }: SigningKey): string =>
  JSON.stringify({ key: id, signature: sign(null, Buffer.from(text), privateKey).toString('hex') });
