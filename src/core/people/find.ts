import { readPiecesOf } from '#files/open-file.ts';
import { problemOf } from '#shared/contract/faults.ts';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Occurrences, Person, FileOccurrences } from '#shared/contract/people.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import { erasedText } from '#shared/domain/erased.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { sandboxPaths, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { SandboxFolder } from '../kernel/db/sandbox-folder.ts';
import { runSteps, runSync } from '../kernel/progress.ts';
import type { JobPace } from '../kernel/progress.ts';
import { prepareSandbox } from '../log/migrate-file.ts';
import { readFactsOrNull, readSandboxFile } from '../log/read-sandbox-file.ts';
import type { Services } from '../model/services.ts';
import { findInFile } from './find-in-file.ts';
import type { Mentions } from './mentions.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { findPerson, termsOf, withTerms } from './person.ts';
import type { Spelling } from './person.ts';
import { findVersions } from './versions.ts';

/** A sandbox, also one in the trash. */
export interface SandboxKey {
  kind: 'sandbox' | 'trash';
  id: string;
}

export const sandboxesOf = ({ files }: Pick<Services, 'files'>): SandboxKey[] =>
  (['sandboxes', 'trash'] as const).flatMap((folder) =>
    sandboxIds(files, folder).ids.map((id): SandboxKey => {
      return { kind: folder === 'trash' ? 'trash' : 'sandbox', id };
    }),
  );

export const sandboxFolderOf = ({ kind }: SandboxKey): SandboxFolder =>
  kind === 'trash' ? 'trash' : 'sandboxes';

/** Finds a person by id or name (see `Spelling`) in live, then in sandboxes. Throws NOT_FOUND, FORBIDDEN, and INVALID if ambiguous. */
export function resolvePerson(services: Services, idOrName: string, spelling: Spelling = 'exact'): Person {
  refuseSandbox(services);
  const { read } = services;
  const sandboxes = sandboxesOf(services);
  let person: Person | null = null;
  const spellings: readonly Spelling[] = spelling === 'any' ? ['exact', 'any'] : ['exact'];
  for (const triedSpelling of spellings) {
    person ??= findPerson(read, idOrName, triedSpelling);
    for (const sandbox of person ? [] : sandboxes)
      person ??= readInSandbox(services, sandbox, (db) => findPerson(db, idOrName, triedSpelling));
  }
  if (!person) throw new Fault('NOT_FOUND', { type: 'person', id: idOrName });
  const { id } = person;
  const sandboxTerms = sandboxes.flatMap(
    (sandbox) => readInSandbox(services, sandbox, (db) => termsOf(db, id)) ?? [],
  );
  return withTerms(person, sandboxTerms);
}

/** The person as the workspace knows them after an erasure. */
export function readErasedPerson(services: Services, person: Person): Person {
  try {
    return resolvePerson(services, person.id);
  } catch (error) {
    if (!isFault(error) || error.code !== 'NOT_FOUND') throw error;
    return { ...person, name: erasedText, terms: [], state: 'erased' };
  }
}

/** Personal data is handled from live, which covers every sandbox. Throws FORBIDDEN in a sandbox. */
export function refuseSandbox({ files: { target } }: Pick<Services, 'files'>): void {
  if (target.kind === 'live') return;
  throw new Fault('FORBIDDEN', { rule: 'live_only', type: 'workspace', id: null });
}

/** Null if the sandbox cannot be read; `findOccurrences` reports that as a problem. */
export function readInSandbox<T>(
  { files }: Services,
  sandbox: SandboxKey,
  read: (db: ReadHandle) => T,
): T | null {
  try {
    return readSandboxFile(sandboxPaths(files, sandboxFolderOf(sandbox), sandbox.id), sandbox.id, read);
  } catch (error) {
    if (isFault(error) && error.code !== 'INVALID') return null;
    throw error;
  }
}

interface FoundPlace {
  place: FileOccurrences;
  mentions: Mentions;
}

/** Everything that the workspace holds about a person. Throws like `resolvePerson`, and CANCELLED. */
export async function findOccurrences(
  services: Services,
  idOrName: string,
  { spelling, ...pace }: JobPace & { spelling?: Spelling },
): Promise<Omit<Occurrences, 'server'>> {
  const person = resolvePerson(services, idOrName, spelling);
  const pattern = new NamePattern(person.terms);
  const foundPlaces = [await findInLive(services, person, pattern, pace)];
  for (const sandbox of sandboxesOf(services))
    foundPlaces.push(await findInSandbox(services, sandbox, person, pattern));
  const versions = await findVersions(services, person, pattern, pace);
  const namesakes = new Map(
    foundPlaces.flatMap(({ mentions }) =>
      mentions.namesakes.map((namesake) => [namesake.id, namesake] as const),
    ),
  );
  const ids = new Set(foundPlaces.flatMap(({ mentions }) => mentions.ids));
  return {
    person,
    places: foundPlaces.map(({ place }) => place),
    versions,
    files: person.state === 'erased' && person.terms.length === 0 ? null : await findFiles(services, pattern),
    namesakes: [...namesakes.values()],
    ids: [...ids],
  };
}

async function findInLive(
  { read }: Services,
  person: Person,
  pattern: NamePattern,
  pace: JobPace,
): Promise<FoundPlace> {
  const total = read.get<{ n: number }>('SELECT coalesce(max(id), 0) AS n FROM audit_logs')?.n ?? null;
  const search = findInFile(read, person, pattern);
  const { allMentions, ...occurrence } = await runSteps(pace, 'searching', search, total);
  return {
    place: { kind: 'live', id: null, name: null, ...occurrence, problem: null },
    mentions: allMentions,
  };
}

const noOccurrence = { record: 'none', rows: 0, mentions: [], labels: 0, copies: 0 } as const;
const noMentions: Mentions = { records: [], labels: [], namesakes: [], ids: [] };

async function findInSandbox(
  services: Services,
  sandbox: SandboxKey,
  person: Person,
  pattern: NamePattern,
): Promise<FoundPlace> {
  const paths = sandboxPaths(services.files, sandboxFolderOf(sandbox), sandbox.id);
  // One that cannot be migrated, as in a read-only folder, is searched as it is.
  await prepareSandbox(paths, sandbox.id, services.log).catch((error: unknown) => {
    if (!isFault(error)) throw error;
  });
  const description = { ...sandbox, name: readFactsOrNull(paths, sandbox.id)?.name ?? null };
  try {
    return readSandboxFile(paths, sandbox.id, (db) => {
      const { allMentions, ...occurrence } = runSync(findInFile(db, person, pattern));
      return { place: { ...description, ...occurrence, problem: null }, mentions: allMentions };
    });
  } catch (error) {
    if (!isFault(error)) throw error;
    return {
      place: { ...description, ...noOccurrence, mentions: [], problem: problemOf(error) },
      mentions: noMentions,
    };
  }
}

/** Whether a file is an SQLite file or a version, whose contents are searched instead of its bytes. */
function hasSearchedContents(path: string, { files }: Pick<Services, 'files'>): boolean {
  if (path.endsWith('.frames') || path.startsWith(files.live) || path.endsWith('lock.sqlite')) return true;
  return isInside(path, files.sandboxes) && /\.sqlite(-wal|-shm|-journal)?$/.test(path);
}

const isInside = (path: string, folder: string): boolean => path.startsWith(`${folder}${sep}`);

/** Other files of the workspace that contain a name of the person. Paths are relative to the workspace's folder. */
export async function findFiles(services: Pick<Services, 'files'>, pattern: NamePattern): Promise<string[]> {
  const { folder, backups } = services.files;
  const paths: string[] = [];
  for (const root of isInside(backups, folder) ? [folder] : [folder, backups])
    for (const name of await readdir(root, { recursive: true }).catch((): string[] => [])) {
      const path = join(root, name);
      if (hasSearchedContents(path, services) || !(await lstat(path).catch(() => null))?.isFile()) continue;
      if (pattern.hasMatch(name) || (await hasName(path, pattern))) paths.push(relative(folder, path));
    }
  return paths;
}

/** Longer than any name in any encoding. */
const overlapBytes = 8192;

/** Whether a file holds a name as UTF-8 or UTF-16, also where two chunks meet. False for a file that cannot be read. */
async function hasName(path: string, pattern: NamePattern): Promise<boolean> {
  let tail = Buffer.alloc(0);
  try {
    for await (const chunk of readPiecesOf(path)) {
      const bytes = Buffer.concat([tail, chunk]);
      for (const text of [bytes.toString('utf8'), ...utf16Texts(bytes)])
        if (pattern.canMatchJson(text)) return true;
      tail = Buffer.from(bytes.subarray(Math.max(0, bytes.length - overlapBytes)));
    }
  } catch {
    return false;
  }
  return false;
}

/** UTF-16 begins at an even or an odd byte. Text in UTF-8 has no zero bytes. */
const utf16Texts = (bytes: Buffer): string[] =>
  bytes.includes(0) ? [bytes.toString('utf16le'), bytes.subarray(1).toString('utf16le')] : [];
