import { createHmac } from 'node:crypto';
import { foldText } from '#shared/domain/fold.ts';

/** A name and an address, as a commit states them. */
export interface Signature {
  name: string;
  email: string;
}

const keyPattern = /^[0-9a-f]{32}$/;

const hash = (secret: string, kind: 'address' | 'name', text: string): string =>
  createHmac('sha256', secret).update(`${kind}\n${text}`).digest('hex').slice(0, 32);

/** Equal for equal mailboxes: GitHub puts a number before the name of its hidden addresses. */
const addressKey = (secret: string, email: string): string =>
  hash(
    secret,
    'address',
    email
      .trim()
      .toLowerCase()
      .replace(/^\d+\+(?=[^@]+@users\.noreply\.github\.com$)/, ''),
  );

const wordsOf = (name: string): string[] => foldText(name).match(/[\p{L}\p{N}]+/gu) ?? [];

/** The key of a name: the same for all spellings of a full name. */
function nameKey(secret: string, name: string): string {
  const words = wordsOf(name);
  return hash(secret, 'name', words.length < 2 ? foldText(name).trim() : words.join(' '));
}

/** The account keys of a signature. `address`: null without one. `isFullName`: of two words or more; many people share a single one. */
export function signatureKeys(
  secret: string,
  { name, email }: Signature,
): { address: string | null; name: string; isFullName: boolean } {
  return {
    address: email.includes('@') ? addressKey(secret, email) : null,
    name: nameKey(secret, name),
    isFullName: wordsOf(name).length > 1,
  };
}

/** The account key of a text: an address, a handle with its "@", a name, or a key itself. */
export function accountKeyOf(secret: string, text: string): string {
  if (keyPattern.test(text)) return text;
  const handle = /^@([\w.-]+)$/.exec(text.trim())?.[1];
  if (handle !== undefined) return addressKey(secret, `${handle}@users.noreply.github.com`);
  return text.includes('@') ? addressKey(secret, text) : nameKey(secret, text);
}
