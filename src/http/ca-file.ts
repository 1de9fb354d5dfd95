import { X509Certificate } from 'node:crypto';
import { readBytesSync } from '#files/open-file.ts';

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
  try {
    return readBytesSync(file);
  } catch (error) {
    throw new CaFileProblem(file, 'unreadable', { cause: error });
  }
}
