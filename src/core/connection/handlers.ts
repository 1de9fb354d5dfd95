import type { X509Certificate } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { ChosenTrust, TrustedCertificate } from '#shared/contract/connection.ts';
import { Fault } from '#shared/contract/faults.ts';
import {
  CaFileProblem,
  certificateName,
  chooseCaFile,
  readCertificates,
  removeCaFile,
} from '#http/ca-file.ts';
import { isoTime } from '../kernel/system.ts';
import { operationBuilder } from '../model/operation-builder.ts';

const os = operationBuilder.connection;

export const connectionHandlers = {
  certificates: os.certificates.handler(({ context: { services } }) =>
    readChosenTrust(services.http.caFile, services.source.clock.now()),
  ),
  trustFile: os.trustFile.handler(({ input: { grant }, context: { services } }) =>
    trustFile(services.http.caFile, services.grants.redeem(grant, 'read'), services.source.clock.now()),
  ),
  distrust: os.distrust.handler(async ({ context: { services } }) => {
    await removeCaFile(services.http.caFile);
    return { certificates: [], damaged: false };
  }),
};

/** The certificates that are trusted on this computer besides those of the system. */
export function readChosenTrust(caFile: string, now: number): ChosenTrust {
  if (!existsSync(caFile)) return { certificates: [], damaged: false };
  try {
    const certificates = readCertificates(caFile).map((certificate) => describe(certificate, now));
    return { certificates, damaged: false };
  } catch {
    return { certificates: [], damaged: true };
  }
}

/** Throws BAD_FILE. */
export async function trustFile(caFile: string, file: string, now: number): Promise<ChosenTrust> {
  try {
    await chooseCaFile(caFile, file);
  } catch (error) {
    if (!(error instanceof CaFileProblem)) throw error;
    const reason = error.reason === 'empty' ? 'no_certificate' : 'unreadable';
    throw new Fault('BAD_FILE', { reason, line: null, path: null, values: { file: `“${basename(file)}”` } });
  }
  return readChosenTrust(caFile, now);
}

function describe(certificate: X509Certificate, now: number): TrustedCertificate {
  const { subject, issuer, validFromDate, validToDate, fingerprint256 } = certificate;
  return {
    subject: certificateName(subject),
    issuer: certificateName(issuer),
    from: isoTime(validFromDate.getTime()),
    until: isoTime(validToDate.getTime()),
    expired: validToDate.getTime() < now,
    fingerprint: fingerprint256,
  };
}
