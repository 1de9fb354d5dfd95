import { X509Certificate } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { readBytesSync } from '#files/open-file.ts';
import { replaceFile } from '#files/replace-file.ts';

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

/** Copies the certificates of a file to the chosen CA file, so that a removed medium does not matter. Throws CaFileProblem and system errors. */
export async function chooseCaFile(chosen: string, file: string): Promise<void> {
  const content = readCertificates(file).join('');
  await mkdir(dirname(chosen), { recursive: true, mode: 0o700 });
  await replaceFile(chosen, content);
}

export const removeCaFile = (chosen: string): Promise<void> => rm(chosen, { force: true });

/** The common name of a subject or issuer, or all of it on one line. */
export const certificateName = (name: string): string =>
  /^CN=(.+)$/m.exec(name)?.[1] ?? name.replaceAll('\n', ', ');
