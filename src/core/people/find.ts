import { problemOf } from '#shared/contract/faults.ts';
import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Occurrences, Person, Place } from '#shared/contract/people.ts';
import { Fault, isFault } from '#shared/contract/faults.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { placeOf, sandboxIds } from '../kernel/db/sandbox-folder.ts';
import type { Shelf } from '../kernel/db/sandbox-folder.ts';
import { runToEnd, progressStream } from '../kernel/progress.ts';
import { readFactsOrNull, readSandboxFile } from '../log/sandbox-look.ts';
import type { Services } from '../model/services.ts';
import { findInFile } from './find-in-file.ts';
import type { Pace } from './find-in-file.ts';
import type { Mentions } from './mentions.ts';
import { NamePattern } from '#shared/domain/name-pattern.ts';
import { findPerson, termsOf, withTerms } from './person.ts';
import type { Spelling } from './person.ts';
import { findVersions } from './versions.ts';

/** A sandbox, also a discarded one. */
export interface SandboxAt {
  kind: 'sandbox' | 'trash';
  id: string;
}

export const sandboxesOf = ({ files }: Pick<Services, 'files'>): SandboxAt[] =>
  (['sandboxes', 'trash'] as const).flatMap((shelf) =>
    sandboxIds(files, shelf).ids.map((id): SandboxAt => {
      return { kind: shelf === 'trash' ? 'trash' : 'sandbox', id };
    }),
  );

export const shelfOf = ({ kind }: SandboxAt): Shelf => (kind === 'trash' ? 'trash' : 'sandboxes');

/** The person with an exact id or name in live or a sandbox. Throws NOT_FOUND, and INVALID if several have the name. */
export function resolvePerson(services: Services, idOrName: string, spelling: Spelling = 'exact'): Person {
  refuseSandbox(services);
  const { read } = services;
  const sandboxes = sandboxesOf(services);
  let person: Person | null = null;
  for (const how of spelling === 'any' ? (['exact', 'any'] as const) : (['exact'] as const)) {
    person ??= findPerson(read, idOrName, how);
    for (const at of person ? [] : sandboxes)
      person ??= inSandbox(services, at, (db) => findPerson(db, idOrName, how));
  }
  if (!person) throw new Fault('NOT_FOUND', { type: 'person', id: idOrName });
  const { id } = person;
  const more = sandboxes.flatMap((at) => inSandbox(services, at, (db) => termsOf(db, id)) ?? []);
  return withTerms(person, more);
}

/** Personal data is handled from live, which covers every sandbox. Throws FORBIDDEN in a sandbox. */
export function refuseSandbox({ files: { target } }: Pick<Services, 'files'>): void {
  if (target.kind === 'live') return;
  throw new Fault('FORBIDDEN', { rule: 'live_only', type: 'workspace', id: null });
}

/** Null if the sandbox cannot be read; it is reported with its contents. */
export function inSandbox<T>({ files }: Services, at: SandboxAt, read: (db: ReadHandle) => T): T | null {
  try {
    return readSandboxFile(placeOf(files, shelfOf(at), at.id), at.id, read);
  } catch (error) {
    if (isFault(error) && error.code !== 'INVALID') return null;
    throw error;
  }
}

interface Found {
  place: Place;
  mentions: Mentions;
}

/** Everything that the workspace holds about a person. Throws as `resolvePerson`, CANCELLED. */
export async function findOccurrences(
  services: Services,
  idOrName: string,
  { spelling, ...pace }: Pace & { spelling?: Spelling },
): Promise<Omit<Occurrences, 'server'>> {
  const person = resolvePerson(services, idOrName, spelling);
  const pattern = new NamePattern(person.terms);
  const found = [await findInLive(services, person, pattern, pace)];
  for (const at of sandboxesOf(services)) found.push(findInSandbox(services, at, person, pattern));
  const versions = await findVersions(services, person, pattern, pace);
  const namesakes = new Map(
    found.flatMap(({ mentions }) => mentions.namesakes.map((one) => [one.id, one] as const)),
  );
  const ids = new Set(found.flatMap(({ mentions }) => mentions.ids));
  return {
    person,
    places: found.map(({ place }) => place),
    versions,
    files: await findFiles(services, person.terms),
    namesakes: [...namesakes.values()],
    ids: [...ids],
  };
}

async function findInLive(
  { read, source }: Services,
  person: Person,
  pattern: NamePattern,
  { onProgress, signal }: Pace,
): Promise<Found> {
  const total = read.get<{ n: number }>('SELECT coalesce(max(id), 0) AS n FROM audit_logs')?.n ?? null;
  const steps = { step: 'searching', total, clock: source.clock, signal };
  const { found, ...held } = await runToEnd(
    progressStream(findInFile(read, person, pattern), steps),
    onProgress,
  );
  return { place: { kind: 'live', id: null, name: null, ...held, problem: null }, mentions: found };
}

const nothing = { record: 'none', rows: 0, mentions: [], labels: 0 } as const;
const noMentions: Mentions = { records: [], labels: [], namesakes: [], ids: [] };

function findInSandbox(services: Services, at: SandboxAt, person: Person, pattern: NamePattern): Found {
  const place = placeOf(services.files, shelfOf(at), at.id);
  const named = { ...at, name: readFactsOrNull(place, at.id)?.name ?? null };
  try {
    return readSandboxFile(place, at.id, (db) => {
      const { found, ...held } = runGenerator(findInFile(db, person, pattern));
      return { place: { ...named, ...held, problem: null }, mentions: found };
    });
  } catch (error) {
    if (!isFault(error)) throw error;
    return { place: { ...named, ...nothing, mentions: [], problem: problemOf(error) }, mentions: noMentions };
  }
}

export function runGenerator<R>(work: Generator<unknown, R, void>): R {
  for (let step = work.next(); ; step = work.next()) if (step.done) return step.value;
}

/** SQLite files and versions, whose contents are searched instead of their bytes. */
function isSearched(path: string, { files }: Pick<Services, 'files'>): boolean {
  if (path.endsWith('.frames') || path.startsWith(files.live) || path.endsWith('lock.sqlite')) return true;
  return path.startsWith(files.sandboxes) && /\.sqlite(-wal|-shm|-journal)?$/.test(path);
}

/** Other files of the workspace that contain a name of the person. Paths are relative to its folder. */
export async function findFiles(
  services: Pick<Services, 'files'>,
  terms: readonly string[],
): Promise<string[]> {
  const { folder, backups } = services.files;
  const found: string[] = [];
  for (const place of backups.startsWith(folder) ? [folder] : [folder, backups])
    for (const name of await readdir(place, { recursive: true }).catch((): string[] => [])) {
      const path = join(place, name);
      if (isSearched(path, services) || !(await lstat(path).catch(() => null))?.isFile()) continue;
      if (await hasAny(path, terms)) found.push(relative(folder, path));
    }
  return found;
}

async function hasAny(path: string, terms: readonly string[]): Promise<boolean> {
  const longest = Math.max(0, ...terms.map((term) => Buffer.byteLength(term)));
  let end = Buffer.alloc(0);
  try {
    for await (const piece of createReadStream(path)) {
      const bytes = Buffer.concat([end, piece as Buffer]);
      if (terms.some((term) => bytes.includes(term))) return true;
      end = Buffer.from(bytes.subarray(Math.max(0, bytes.length - longest)));
    }
  } catch {
    return false;
  }
  return false;
}
