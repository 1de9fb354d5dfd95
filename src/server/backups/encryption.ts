import { randomBytes, scrypt } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import type { Identity, Recipient } from 'age-encryption';
import { BackupProblem } from './problem.ts';

/** Cost of a key as a power of two; the default of age. About 256 MB and one second. */
const workFactor = 18;
const saltPrefix = Buffer.from('age-encryption.org/v1/scrypt');
const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

/** Derives the key asynchronously: the library's own code would block all requests for seconds. */
const deriveKey = (passphrase: string, salt: Buffer): Promise<Buffer> =>
  scryptAsync(passphrase, Buffer.concat([saltPrefix, salt]), 32, {
    N: 2 ** workFactor,
    r: 8,
    p: 1,
    maxmem: 2 ** (workFactor + 11),
  });

const zeroNonce = new Uint8Array(12);

/** Like age's own passphrase recipient, with a custom work factor. */
class PassphraseIdentity implements Recipient, Identity {
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = randomBytes(16);
    const body = chacha20poly1305(await deriveKey(this.#passphrase, salt), zeroNonce).encrypt(fileKey);
    return [new Stanza(['scrypt', salt.toString('base64').replaceAll('=', ''), String(workFactor)], body)];
  }

  async unwrapFileKey([stanza]: Stanza[]): Promise<Uint8Array> {
    const [kind, salt = '', factorText] = stanza?.args ?? [];
    if (!stanza || kind !== 'scrypt' || factorText !== String(workFactor))
      throw new BackupProblem('This backup was encrypted by another program.');
    const key = await deriveKey(this.#passphrase, Buffer.from(salt, 'base64'));
    try {
      return chacha20poly1305(key, zeroNonce).decrypt(stanza.body);
    } catch {
      throw new BackupProblem('FRAMES_BACKUP_PASSPHRASE is not the passphrase of this backup.');
    }
  }
}

/** Encrypts bytes with a passphrase, in the format of the `age` program. */
export async function* encryptStream(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array, void, void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new PassphraseIdentity(passphrase));
  yield* await encrypter.encrypt(ReadableStream.from(pieces));
}

/** Decrypts bytes with a passphrase. Throws BackupProblem. */
export async function* decryptStream(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string | null,
): AsyncGenerator<Uint8Array, void, void> {
  if (passphrase === null)
    throw new BackupProblem('This backup is encrypted. Set FRAMES_BACKUP_PASSPHRASE to its passphrase.');
  const decrypter = new Decrypter();
  decrypter.addIdentity(new PassphraseIdentity(passphrase));
  yield* await decrypter.decrypt(ReadableStream.from(pieces));
}
