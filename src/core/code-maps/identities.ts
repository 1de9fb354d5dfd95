import { signatureKeys } from './account-keys.ts';
import type { Signature } from './account-keys.ts';

const maxNameLength = 200;
const botPattern = /\[bot\]|^(?:dependabot|renovate|web-flow|github-actions|greenkeeper|snyk-bot)\b/i;

/** Whether a program signed: it authors nothing. */
const isBot = ({ name, email }: Signature): boolean => botPattern.test(name) || botPattern.test(email);

/** "Cy <cy@example.org>"; null for another form. */
export function parseSignature(text: string): Signature | null {
  const match = /^(?<name>[^<>]*)<(?<email>[^<>\s]+)>\s*$/.exec(text.trim());
  const name = match?.groups?.['name']?.trim().replaceAll(/\s+/g, ' ') ?? '';
  return match?.groups ? { name, email: match.groups['email'] ?? '' } : null;
}

export interface Person {
  /** The first account that no other person has. */
  key: string;
  /** Keys of addresses and names. */
  accounts: readonly string[];
  name: string;
  isBot: boolean;
  /** An account of several people. */
  isShared: boolean;
}

interface KnownSignature extends Signature {
  accounts: readonly string[];
  isShared: boolean;
}

/**
 * Numbers people: signatures of one address, or of one full name, are one person. Numbers can be joined while more signatures arrive, so
 * they are read by `personOf` at the end.
 */
export class Identities {
  readonly #secret: string;
  /** Account keys of several people, such as a laboratory's computer: they join nobody else. */
  readonly #shared: ReadonlySet<string>;
  readonly #parents: number[] = [];
  readonly #signatures: KnownSignature[] = [];
  readonly #idByExactText = new Map<string, number>();
  readonly #idByKey = new Map<string, number>();

  constructor(secret: string, shared: ReadonlySet<string> = new Set()) {
    this.#secret = secret;
    this.#shared = shared;
  }

  /** The id of a signature. */
  add(signature: Signature): number {
    const exactText = `${signature.name}\n${signature.email}`;
    const known = this.#idByExactText.get(exactText);
    if (known !== undefined) return known;
    const id = this.#parents.push(this.#parents.length) - 1;
    this.#idByExactText.set(exactText, id);
    const { address, name, isFullName } = signatureKeys(this.#secret, signature);
    const keys = address === null ? [name] : [address, name];
    const sharedKeys = keys.filter((key) => this.#shared.has(key));
    // A full name tells who sat at a shared computer.
    const isShared = sharedKeys.length > 0 && (!isFullName || this.#shared.has(name));
    const own = isShared ? sharedKeys : keys.filter((key) => !this.#shared.has(key));
    this.#signatures.push({ ...signature, accounts: own, isShared });
    // Many people have the same single name; without an address it is all there is.
    for (const key of isShared || isFullName || address === null ? own : own.slice(0, 1)) this.#link(id, key);
    return id;
  }

  /** Joins the people of these account keys. */
  join(keys: readonly string[]): void {
    const ids = keys.flatMap((key) => this.#idByKey.get(key) ?? []);
    for (const id of ids.slice(1)) this.#unite(id, ids[0] as number);
  }

  /** The person of a signature: the id of one of the person's signatures. */
  personOf(id: number): number {
    let person = id;
    while (this.#parents[person] !== person) person = this.#parents[person] as number;
    this.#parents[id] = person;
    return person;
  }

  /** Every person by id. */
  people(): Map<number, Person> {
    const byPerson = Map.groupBy(this.#signatures.keys(), (id) => this.personOf(id));
    return new Map([...byPerson].map(([person, ids]) => [person, this.#describe(person, ids)]));
  }

  #describe(person: number, ids: readonly number[]): Person {
    const signatures = ids.flatMap((id) => this.#signatures[id] ?? []);
    const accounts = [...new Set(signatures.flatMap((signature) => signature.accounts))].toSorted();
    const isOwn = (id: number | undefined): boolean => id !== undefined && this.personOf(id) === person;
    const [first] = signatures.toSorted((a, b) => b.name.split(' ').length - a.name.split(' ').length);
    return {
      key: accounts.find((key) => isOwn(this.#idByKey.get(key))) ?? '',
      accounts,
      name: (first?.name || first?.email || '').replaceAll(/\p{C}/gu, '').slice(0, maxNameLength),
      isBot: signatures.some(isBot),
      isShared: signatures.some(({ isShared }) => isShared),
    };
  }

  #link(id: number, key: string): void {
    const other = this.#idByKey.get(key);
    if (other === undefined) this.#idByKey.set(key, id);
    else this.#unite(id, other);
  }

  #unite(id: number, other: number): void {
    this.#parents[this.personOf(id)] = this.personOf(other);
  }
}
