import { hexToBytes, utf8ToBytes } from '@noble/ciphers/utils.js';
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';

const hexOfBytes = (bytes: number) => z.string().regex(new RegExp(`^[0-9a-f]{${2 * bytes}}$`));

export const publicKeys = z.array(z.object({ id: z.string().min(1), key: hexOfBytes(32) }));
export type PublicKeys = z.infer<typeof publicKeys>;

/** A detached signature, stored next to the signed file. */
export const signature = z.object({ key: z.string().min(1), signature: hexOfBytes(64) });

export const signatureName = (name: string): string => `${name}.sig`;

export type SignatureProblem = 'unsigned' | 'unknown-key' | 'forged';

/**
 * Verifies a detached signature (Ed25519, RFC 8032) of a text. Returns null if it is valid. `signatureText` is the text of the signature
 * file, or null if there is none.
 */
export function signatureProblem(
  text: string,
  signatureText: string | null,
  keys: PublicKeys,
): SignatureProblem | null {
  const parsedSignature = signature.safeParse(signatureText === null ? null : jsonOrNull(signatureText));
  if (!parsedSignature.success) return 'unsigned';
  const publicKey = keys.find(({ id }) => id === parsedSignature.data.key);
  if (!publicKey) return 'unknown-key';
  const isValid = ed25519.verify(
    hexToBytes(parsedSignature.data.signature),
    utf8ToBytes(text),
    hexToBytes(publicKey.key),
    {
      zip215: false,
    },
  );
  return isValid ? null : 'forged';
}

export function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
