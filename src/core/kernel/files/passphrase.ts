import { randomBytes, scrypt } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import type { Identity, Recipient } from 'age-encryption';
import { isFault } from '#shared/contract/faults.ts';
import type { Pieces } from './atomic-file.ts';
import { damaged } from './package.ts';
import { refusal } from './refusal.ts';

/** How much work a key takes, as a power of two: what age has itself. Some 256 MB and about a second; more is refused. */
export const usualWorkFactor = 18;
let workFactor = usualWorkFactor;
const label = Buffer.from('age-encryption.org/v1/scrypt');
const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const noNonce = new Uint8Array(12);

/** Sets the work of the keys of new files. Tests that encrypt many files lower it; nothing else may. */
export function setWorkFactor(factor: number): void {
  workFactor = factor;
}

/** The key of a passphrase. It is made beside everything else: the library's own way would hold up who works meanwhile. */
const keyOf = (passphrase: string, salt: Buffer, logN: number): Promise<Buffer> =>
  derive(passphrase, Buffer.concat([label, salt]), 32, {
    N: 2 ** logN,
    r: 8,
    p: 1,
    maxmem: 2 ** (logN + 11),
  });

const base64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** As age's own for passphrases: files go to and from its other programs. */
class PassphraseRecipient implements Recipient {
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = randomBytes(16);
    const key = await keyOf(this.#passphrase, salt, workFactor);
    const body = chacha20poly1305(key, noNonce).encrypt(fileKey);
    return [new Stanza(['scrypt', base64(salt), String(workFactor)], body)];
  }
}

class PassphraseIdentity implements Identity {
  readonly #passphrase: string;
  readonly #name: string;

  constructor(passphrase: string, name: string) {
    this.#passphrase = passphrase;
    this.#name = name;
  }

  async unwrapFileKey(stanzas: Stanza[]): Promise<Uint8Array> {
    const [stanza] = stanzas;
    const [kind, saltText = '', work = ''] = stanza?.args ?? [];
    const message = `${this.#name} was encrypted for somebody's key, not with a passphrase.`;
    if (!stanza || kind !== 'scrypt') throw refusal('other_kind', message);
    const salt = Buffer.from(saltText, 'base64');
    const logN = Number(work);
    const fits = stanzas.length === 1 && salt.length === 16 && base64(salt) === saltText;
    if (!fits || !/^[1-9]\d?$/.test(work) || stanza.body.length !== 32)
      throw damaged(this.#name, 'what it says of its passphrase cannot be read');
    if (logN > usualWorkFactor)
      throw damaged(this.#name, 'its passphrase asks for more work than is done here');
    const key = await keyOf(this.#passphrase, salt, logN);
    try {
      return chacha20poly1305(key, noNonce).decrypt(stanza.body);
    } catch {
      throw refusal('wrong_passphrase', `That is not the passphrase of ${this.#name}.`);
    }
  }
}

/** The content of a file, encrypted if there is a passphrase, and whether it is. */
export function encryptedWith(
  passphrase: string | undefined,
  content: Pieces,
): { content: Pieces; encrypts: boolean } {
  const encrypts = passphrase !== undefined;
  return { content: encrypts ? encrypted(bytesOf(content), passphrase) : content, encrypts };
}

/** An empty piece is a pause, of which the encryption needs none. Buffers may be used again by whoever gave them, and the encryption reads ahead. */
async function* bytesOf(pieces: Pieces): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) if (piece.length > 0) yield Buffer.from(piece);
}

/** The bytes encrypted with a passphrase, as the programs of age do it. */
async function* encrypted(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array, void, void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new PassphraseRecipient(passphrase));
  yield* await encrypter.encrypt(streamOf(pieces));
}

/**
 * The bytes that were encrypted with a passphrase, each piece only once it is known to be genuine. `name` is how messages call the file.
 * Throws BAD_FILE with reason wrong_passphrase, damaged, or other_kind for what was encrypted otherwise.
 */
export async function* decrypted(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
  name: string,
): AsyncGenerator<Uint8Array, void, void> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(new PassphraseIdentity(passphrase, name));
  try {
    yield* await decrypter.decrypt(streamOf(pieces));
  } catch (error) {
    // What the system says of the file is no fault of its contents.
    if (isFault(error) || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw damaged(name, 'it is not what was encrypted');
  }
}

const streamOf = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> =>
  ReadableStream.from(pieces);
