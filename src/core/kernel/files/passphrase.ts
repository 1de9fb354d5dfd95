import { clause } from '#shared/texts/sentence.ts';
import { randomBytes, scrypt } from 'node:crypto';
import type { ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { Decrypter, Encrypter, Stanza } from 'age-encryption';
import type { Identity, Recipient } from 'age-encryption';
import { isFault } from '#shared/contract/faults.ts';
import type { Pieces } from './atomic-file.ts';
import { damagedPackageFault } from './package.ts';
import { fileRefusal } from './refusal.ts';

/** The scrypt work factor as a power of two, as in age: about 256 MB and one second. Files that need more are refused. */
export const defaultWorkFactor = 18;
let workFactor = defaultWorkFactor;
const scryptLabel = Buffer.from('age-encryption.org/v1/scrypt');
const scryptAsync = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);
const zeroNonce = new Uint8Array(12);

/** Sets the work factor for new files. Only for tests that encrypt many files. */
export function setWorkFactor(factor: number): void {
  workFactor = factor;
}

/** Derives the key of a passphrase asynchronously; the library's own derivation would block the event loop. */
const deriveKey = (passphrase: string, salt: Buffer, logN: number): Promise<Buffer> =>
  scryptAsync(passphrase, Buffer.concat([scryptLabel, salt]), 32, {
    N: 2 ** logN,
    r: 8,
    p: 1,
    maxmem: 2 ** (logN + 11),
  });

const toBase64 = (bytes: Buffer): string => bytes.toString('base64').replaceAll('=', '');

/** Compatible with age's passphrase recipient, so that other age programs can read and write the files. */
class PassphraseRecipient implements Recipient {
  readonly #passphrase: string;

  constructor(passphrase: string) {
    this.#passphrase = passphrase;
  }

  async wrapFileKey(fileKey: Uint8Array): Promise<Stanza[]> {
    const salt = randomBytes(16);
    const key = await deriveKey(this.#passphrase, salt, workFactor);
    const body = chacha20poly1305(key, zeroNonce).encrypt(fileKey);
    return [new Stanza(['scrypt', toBase64(salt), String(workFactor)], body)];
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
    const [kind, saltText = '', workText = ''] = stanza?.args ?? [];
    if (!stanza || kind !== 'scrypt')
      throw fileRefusal('other_kind', { file: this.#name, why: clause('keyEncrypted') });
    const salt = Buffer.from(saltText, 'base64');
    const logN = Number(workText);
    const isWellFormed = stanzas.length === 1 && salt.length === 16 && toBase64(salt) === saltText;
    if (!isWellFormed || !/^[1-9]\d?$/.test(workText) || stanza.body.length !== 32)
      throw damagedPackageFault(this.#name, clause('encryptionHeader'));
    if (logN > defaultWorkFactor) throw damagedPackageFault(this.#name, clause('encryptionWork'));
    const key = await deriveKey(this.#passphrase, salt, logN);
    try {
      return chacha20poly1305(key, zeroNonce).decrypt(stanza.body);
    } catch {
      throw fileRefusal('wrong_passphrase', { file: this.#name });
    }
  }
}

export function encryptContent(
  passphrase: string | undefined,
  content: Pieces,
): { content: Pieces; encrypts: boolean } {
  const encrypts = passphrase !== undefined;
  return { content: encrypts ? encryptPieces(bytesOf(content), passphrase) : content, encrypts };
}

/** Drops empty pieces, which only yield. Copies each piece, because the encryption reads ahead and the producer can reuse its buffer. */
async function* bytesOf(pieces: Pieces): AsyncGenerator<Uint8Array, void, void> {
  for await (const piece of pieces) if (piece.length > 0) yield Buffer.from(piece);
}

async function* encryptPieces(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
): AsyncGenerator<Uint8Array, void, void> {
  const encrypter = new Encrypter();
  encrypter.addRecipient(new PassphraseRecipient(passphrase));
  yield* await encrypter.encrypt(streamOf(pieces));
}

/** Decrypts and yields authenticated pieces. Throws BAD_FILE (wrong_passphrase, damaged, other_kind). */
export async function* decryptStream(
  pieces: AsyncIterable<Uint8Array>,
  passphrase: string,
  name: string,
): AsyncGenerator<Uint8Array, void, void> {
  const decrypter = new Decrypter();
  decrypter.addIdentity(new PassphraseIdentity(passphrase, name));
  try {
    yield* await decrypter.decrypt(streamOf(pieces));
  } catch (error) {
    // System errors are not the fault of the content.
    if (isFault(error) || (error as NodeJS.ErrnoException).syscall !== undefined) throw error;
    throw damagedPackageFault(name, clause('encrypted'));
  }
}

const streamOf = (pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> =>
  ReadableStream.from(pieces);
