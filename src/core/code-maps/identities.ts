import { foldText } from '#shared/domain/fold.ts';

/** A name and an address, as a commit states them. */
export interface Signature {
  name: string;
  email: string;
}

const botPattern = /\[bot\]|^(?:dependabot|renovate|web-flow|github-actions|greenkeeper|snyk-bot)\b/i;

/** Whether a program signed: it authors nothing. */
export const isBot = ({ name, email }: Signature): boolean => botPattern.test(name) || botPattern.test(email);

/** "Cy <cy@example.org>"; null for another form. */
export function parseSignature(text: string): Signature | null {
  const match = /^(?<name>[^<>]*)<(?<email>[^<>\s]+)>\s*$/.exec(text.trim());
  return match?.groups
    ? { name: match.groups['name']?.trim() ?? '', email: match.groups['email'] ?? '' }
    : null;
}

/** Equal for equal mailboxes: GitHub puts a number before the name of its hidden addresses. Null for no address. */
function addressKey(email: string): string | null {
  const folded = email.trim().toLowerCase();
  return folded.includes('@') ? folded.replace(/^\d+\+(?=[^@]+@users\.noreply\.github\.com$)/, '') : null;
}

/** A key for a full name of at least two words; null for a shorter one, which many people share. */
function nameKey(name: string): string | null {
  const words = foldText(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  return words.length < 2 ? null : words.join(' ');
}

/**
 * Numbers people: signatures of one address, or of one full name, are one person. Numbers can be joined while more signatures arrive, so
 * they are read by `personOf` at the end.
 */
export class Identities {
  readonly #parents: number[] = [];
  readonly #idByKey = new Map<string, number>();
  readonly signatures: Signature[] = [];

  /** The id of a signature. */
  add(signature: Signature): number {
    const exactKey = `signature ${signature.name}\n${signature.email}`;
    const known = this.#idByKey.get(exactKey);
    if (known !== undefined) return known;
    const id = this.#parents.push(this.#parents.length) - 1;
    this.signatures.push(signature);
    this.#idByKey.set(exactKey, id);
    const [address, name] = [addressKey(signature.email), nameKey(signature.name)];
    for (const key of [address && `address ${address}`, name && `name ${name}`]) {
      if (!key) continue;
      const other = this.#idByKey.get(key);
      if (other === undefined) this.#idByKey.set(key, id);
      else this.#parents[this.personOf(id)] = this.personOf(other);
    }
    return id;
  }

  /** The person of a signature: the id of one of the person's signatures. */
  personOf(id: number): number {
    const parent = this.#parents[id] ?? id;
    if (parent === id) return id;
    const person = this.personOf(parent);
    this.#parents[id] = person;
    return person;
  }
}
