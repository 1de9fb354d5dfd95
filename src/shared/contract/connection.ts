import { z } from 'zod';
import { operation } from './base.ts';
import { withDisplay } from './display-rules.ts';
import { moment } from './record.ts';

const trustedCertificate = withDisplay(
  z.object({
    subject: z.string(),
    issuer: z.string(),
    /** The certificate's own bounds. */
    from: moment,
    until: moment,
    expired: z.boolean(),
    /** SHA-256 of the certificate, as hexadecimal bytes with colons. */
    fingerprint: z.string(),
  }),
  { columns: ['subject', 'issuer', 'until', 'expired', 'fingerprint'] },
);
export type TrustedCertificate = z.infer<typeof trustedCertificate>;

const trust = z.object({
  /** The certificates of the chosen CA file; none if no file was chosen. */
  certificates: z.array(trustedCertificate),
  /** Whether the chosen file cannot be read any more. Encrypted connections then fail. */
  damaged: z.boolean(),
});
export type ChosenTrust = z.infer<typeof trust>;

/** The CA certificates that the user chose for this computer, besides those of the system. */
export const certificates = operation.input(z.object({})).output(trust);

/** Trusts the CA certificates of a file on this computer, in place of those chosen before. Throws BAD_FILE, GRANT_EXPIRED. */
export const trustFile = operation.input(z.object({ grant: z.string() })).output(trust);

export const distrust = operation.input(z.object({})).output(trust);
