import { X509Certificate } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';

/** Bytes. The list of all public authorities has about 250 kB. */
const maxBytes = 8 * 1024 * 1024;
const pemBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;

/** A file of CA certificates that cannot be used. `empty`: it has no certificate. */
export class CaFileProblem extends Error {
  readonly file: string;
  readonly reason: 'unreadable' | 'empty';

  constructor(file: string, reason: CaFileProblem['reason'], options?: ErrorOptions) {
    super(`${file}: ${reason}`, options);
    this.name = 'CaFileProblem';
    this.file = file;
    this.reason = reason;
  }
}

/** The certificates of a PEM file, or the one of a DER file. Throws CaFileProblem. */
export function readCertificates(file: string): X509Certificate[] {
  const content = readBytes(file);
  const blocks = content.toString('latin1').match(pemBlock);
  try {
    return (blocks ?? [content]).map((block) => new X509Certificate(block));
  } catch (error) {
    throw new CaFileProblem(file, 'empty', { cause: error });
  }
}

function readBytes(file: string): Buffer {
  let descriptor: number | undefined;
  try {
    // Without blocking, because a pipe would wait for a writer.
    descriptor = openSync(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    if (!fstatSync(descriptor).isFile()) throw new Error('not a regular file');
    const buffer = Buffer.alloc(maxBytes);
    return buffer.subarray(0, readSync(descriptor, buffer, 0, maxBytes, 0));
  } catch (error) {
    throw new CaFileProblem(file, 'unreadable', { cause: error });
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}
