import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { publicKeys, signatureName } from '#shared/signed/signature.ts';
import type { PublicKeys } from '#shared/signed/signature.ts';
import { publicKeyOf, signText } from './signing.ts';
import type { SigningKey } from './signing.ts';

/** A release as it is about to be built. */
export interface Candidate {
  /** The git tag; `v` and the version. */
  tag: string;
  /** The commit that the tag names; null if there is no such tag yet. */
  taggedCommit: string | null;
  /** The commit that is checked out. */
  commit: string;
  /** Files that differ from that commit. */
  changed: readonly string[];
  version: string;
  updateAddress: string | undefined;
  /** An error if there is one that cannot be used. */
  key: SigningKey | Error | null;
  /** The text of `resources/keys.json`. */
  keys: string;
  changelog: string;
  /** Texts that are published, by their path. */
  texts: ReadonlyMap<string, string>;
}

/** Why a release must not be built; empty if it may. */
export function releaseProblems(release: Candidate): string[] {
  const { tag, version, updateAddress, changelog, texts } = release;
  return [
    ...(tag === `v${version}`
      ? []
      : [`The tag ${tag || '(none)'} is not v${version}, the version in package.json.`]),
    ...checkoutProblems(release),
    ...addressProblems(updateAddress),
    ...keyProblems(release),
    ...(changelogSection(changelog, version) === null ? [`CHANGELOG.md has no section [${version}].`] : []),
    ...[...texts].flatMap(([path, text]) =>
      placeholdersIn(text).map((found) => `${path} has the placeholder ${found}.`),
    ),
  ];
}

function checkoutProblems({ tag, taggedCommit, commit, changed }: Candidate): string[] {
  const short = (hash: string): string => hash.slice(0, 9);
  const [first, ...others] = changed;
  const more = others.length > 0 ? ` and ${others.length} more` : '';
  return [
    ...(taggedCommit === null || taggedCommit === commit
      ? []
      : [`The tag ${tag} is at ${short(taggedCommit)}, but ${short(commit)} is checked out.`]),
    ...(first === undefined ? [] : [`The checkout has changes that are not committed: ${first}${more}.`]),
  ];
}

function addressProblems(address: string | undefined): string[] {
  if (address === undefined)
    return ['FRAMES_UPDATE_URL is missing: programs would look for updates nowhere.'];
  if (!URL.canParse(address) || new URL(address).protocol !== 'https:')
    return [`FRAMES_UPDATE_URL is not an HTTPS address: ${address}`];
  return [
    ...(address.endsWith('/') ? [] : [`FRAMES_UPDATE_URL does not end with a slash: ${address}`]),
    ...placeholdersIn(address).map((found) => `FRAMES_UPDATE_URL has the placeholder ${found}.`),
  ];
}

function keyProblems({ key, keys }: Candidate): string[] {
  if (key instanceof Error) return [key.message];
  const listed = readKeys(keys);
  if (listed === null) return ['resources/keys.json is not a list of keys.'];
  if (listed.length === 0) return ['resources/keys.json lists no key: programs would trust no update.'];
  if (key === null) return ['FRAMES_SIGNING_KEY is missing: programs would refuse the update.'];
  const { id, key: publicKey } = publicKeyOf(key);
  const isListed = listed.some((one) => one.id === id && one.key === publicKey);
  return isListed ? [] : [`resources/keys.json does not list the signing key ${id}.`];
}

function readKeys(text: string): PublicKeys | null {
  try {
    return publicKeys.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** Addresses below the reserved domain `.example` (RFC 2606), which stand for those that are not decided. */
export const placeholdersIn = (text: string): string[] => [
  ...new Set(text.match(/(?:[\w.-]+@|https?:\/\/)[\w.-]*\w\.example\b(?!\.?[\w-])/g) ?? []),
];

/** The changes of a version, as `CHANGELOG.md` lists them; null if it has no section for it. */
export function changelogSection(changelog: string, version: string): string | null {
  const lines = changelog.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`## [${version}]`));
  if (start === -1) return null;
  const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));
  const section = lines
    .slice(start + 1, end === -1 ? undefined : end)
    .join('\n')
    .trim();
  return section === '' ? null : section;
}

/** Writes `SHA256SUMS` of the packages in a folder, as `sha256sum -c` reads it, and its signature. Returns the names of the packages. */
export async function writeChecksums(folder: string, key: SigningKey | null): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('FRAMES-')).toSorted();
  const lines = await Promise.all(
    names.map(async (name) => `${await sha256Of(join(folder, name))}  ${name}\n`),
  );
  const text = lines.join('');
  await writeFile(join(folder, checksumsName), text);
  if (key) await writeFile(join(folder, signatureName(checksumsName)), signText(text, key));
  return names;
}

export const checksumsName = 'SHA256SUMS';

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Reads the published texts among the files of a commit. */
export async function readPublished(root: string, files: readonly string[]): Promise<Map<string, string>> {
  const isPublished = (path: string): boolean =>
    /\.(md|json|yml|yaml|ts|tsx|txt|xml|sh)$/.test(path) &&
    !/^(test|bench)\/|^package-lock\.json$|^resources\/(redoc|sample)\/|^scripts\/lib\/packaging\/empty-app/.test(
      path,
    );
  const texts = new Map<string, string>();
  for (const path of files.filter(isPublished)) texts.set(path, await readFile(join(root, path), 'utf8'));
  return texts;
}
