import type { CodeMap } from '#shared/contract/code-maps.ts';
import { findAreas } from './areas.ts';
import { fileAuthorship, isImported } from './authorship.ts';
import { busFactor } from './bus-factor.ts';
import { isForeign, languageOf } from './code-files.ts';
import type { CodeFile } from './code-files.ts';
import { deadRules, maxOwnerRules, ownersOf } from './code-owners.ts';
import type { Tree, TreeFile } from './git/read-tree.ts';
import type { FileChange } from './history.ts';
import type { Identities, Person } from './identities.ts';
import { pathMatcher } from './path-patterns.ts';
import type { HistoryReading } from './read-history.ts';
import type { TreeContents } from './tree-contents.ts';

export interface SelectedFiles {
  code: readonly CodeFile[];
  foreign: number;
  data: number;
  excluded: number;
}

/** The code files of a folder, and how many others it has. */
export function selectFiles(tree: Tree, prefix: string, excludes: readonly string[]): SelectedFiles {
  const isExcluded = excludes.map(pathMatcher);
  const code: CodeFile[] = [];
  let [foreign, data, excluded] = [0, 0, 0];
  for (const file of tree.files) {
    const { path } = file;
    if (prefix !== '' && !path.startsWith(`${prefix}/`)) continue;
    const language = languageOf(path);
    if (isExcluded.some((matches) => matches(path))) excluded += 1;
    else if (isForeign(path)) foreign += 1;
    else if (language === null) data += 1;
    else code.push({ ...file, language });
  }
  return { code, foreign, data, excluded };
}

interface OwnedFile extends CodeFile {
  /** Numbers of people. */
  authors: readonly number[];
  recent: readonly number[];
  contributors: readonly number[];
}

const recentSeconds = 365 * 24 * 3600;
const maxTasks = 10_000;
const maxPackages = 500;
const maxSubmodules = 500;

export interface MapSources {
  head: string;
  branch: string | null;
  prefix: string;
  now: string;
  tree: Tree;
  selected: SelectedFiles;
  reading: HistoryReading;
  identities: Identities;
  contents: TreeContents;
}

/** Makes the map of a repository, and the names of its authors by their keys. */
export function buildMap(sources: MapSources): { map: CodeMap; names: Record<string, string> } {
  const { head, branch, prefix, now, tree, selected, reading, identities, contents } = sources;
  const people = identities.people();
  const { owned, imported, without } = ownFiles(sources, people);
  const contributors = new Set(owned.flatMap((file) => file.contributors));
  // By keys, which rank nobody.
  const listed = [...contributors].toSorted((a, b) => (keyOf(people, a) < keyOf(people, b) ? -1 : 1));
  const indexOf = new Map(listed.map((person, index) => [person, index]));
  const indexes = (numbers: readonly number[]): number[] =>
    numbers.flatMap((person) => indexOf.get(person) ?? []);
  const lastDays = lastDaysOf(reading);
  const areas = findAreas(owned.map(({ path }) => path));
  const areaOf = new Map(areas.flatMap(({ files }, area) => files.map((path) => [path, area] as const)));
  const ownedByArea = Map.groupBy(owned, ({ path }) => areaOf.get(path) ?? 0);
  const { owners } = contents;
  const map: CodeMap = {
    version: 1,
    head,
    branch,
    prefix,
    scanned_at: now,
    commits: reading.history.commits,
    newest_commit_at: timeText(reading.newest),
    authors: listed.map((person) => ({
      key: keyOf(people, person),
      accounts: [...(people.get(person)?.accounts ?? [])],
      ...(people.get(person)?.isBot ? { is_bot: true as const } : {}),
      ...(people.get(person)?.isShared ? { is_shared: true as const } : {}),
      last: lastDays.get(person) ?? null,
    })),
    files: owned.map(({ path, bytes, language, authors, recent }) => ({
      path,
      bytes,
      language,
      area: areaOf.get(path) ?? 0,
      authors: indexes(authors),
      recent: indexes(recent),
    })),
    areas: areas.map(({ folder, isRest, files }, area) => ({
      folder,
      is_rest: isRest,
      files: files.length,
      bytes: sumBytes(ownedByArea.get(area) ?? []),
      bus_factor: busFactorOf(ownedByArea.get(area) ?? []),
      owners: owners && ownersOf(owners, files),
    })),
    bus_factor: busFactorOf(owned),
    languages: [...Map.groupBy(owned, ({ language }) => language)]
      .map(([language, files]) => ({ language, files: files.length, bytes: sumBytes(files) }))
      .toSorted((a, b) => b.files - a.files),
    packages: contents.packages.slice(0, maxPackages),
    imports: contents.imports && {
      between: importsBetween(contents.imports.links, areaOf),
      resolved: contents.imports.links.length,
      external: contents.imports.external,
    },
    submodules: tree.submodules.slice(0, maxSubmodules),
    left_out: { imported, foreign: selected.foreign, data: selected.data, excluded: selected.excluded },
    dead_owners:
      owners &&
      deadRules(
        owners,
        tree.files.map(({ path }) => path),
      ),
    completeness: {
      unknown_dates: reading.unknownDates,
      without_history: without,
      unread: contents.unread,
      missing: contents.missing,
      capped: cappedLists(sources),
    },
    tasks: [...reading.tasks.values()]
      .slice(0, maxTasks)
      .map(({ task, commit, time }) => ({ task, commit, at: timeText(time) })),
  };
  const names = listed.map((person) => [keyOf(people, person), people.get(person)?.name ?? ''] as const);
  return { map, names: Object.fromEntries(names) };
}

const keyOf = (people: ReadonlyMap<number, Person>, person: number): string => people.get(person)?.key ?? '';

/** ISO 8601 of seconds since 1970; null for an unknown time. */
const timeText = (seconds: number | null): string | null =>
  seconds === null || Number.isNaN(seconds) ? null : new Date(seconds * 1000).toISOString();

const sumBytes = (files: readonly TreeFile[]): number | null =>
  files.reduce<number | null>((sum, { bytes }) => (sum === null || bytes === null ? null : sum + bytes), 0);

function busFactorOf(files: readonly OwnedFile[]): CodeMap['bus_factor'] {
  if (files.every(({ authors }) => authors.length === 0)) return null;
  const factor = busFactor(files.map(({ authors }) => authors));
  return factor && { greedy: factor.greedy, exact: factor.exact, exact_sets: factor.exactSets };
}

/** Who authored and recently changed each file, without imported ones. */
function ownFiles(
  { selected, reading }: MapSources,
  people: ReadonlyMap<number, Person>,
): { owned: OwnedFile[]; imported: number; without: number } {
  const bots = new Set([...people].flatMap(([person, { isBot }]) => (isBot ? [person] : [])));
  const earliest = (reading.newest ?? Number.NaN) - recentSeconds;
  const owned: OwnedFile[] = [];
  let [imported, without] = [0, 0];
  for (const file of selected.code) {
    const changes = reading.history.changesOf(file.path, reading.personOf);
    if (isImported(changes)) {
      imported += 1;
      continue;
    }
    if (changes.length === 0) without += 1;
    const authors = fileAuthorship(changes, bots)
      .filter(({ isAuthor }) => isAuthor)
      .toSorted((a, b) => b.degree - a.degree)
      .map(({ person }) => person);
    const recent = changes.filter(({ time, isBulk }) => !isBulk && time >= earliest);
    owned.push({
      ...file,
      authors,
      recent: [...peopleOf(recent)].filter((person) => !bots.has(person)),
      contributors: [...peopleOf(changes)],
    });
  }
  return { owned, imported, without };
}

const peopleOf = (changes: readonly FileChange[]): Set<number> =>
  new Set(changes.flatMap(({ authors }) => authors));

function lastDaysOf({ lastTimes, personOf }: HistoryReading): Map<number, string> {
  const days = new Map<number, string>();
  for (const [author, time] of lastTimes) {
    const [person, day] = [personOf(author), new Date(time * 1000).toISOString().slice(0, 10)];
    const known = days.get(person);
    if (known === undefined || known < day) days.set(person, day);
  }
  return days;
}

function importsBetween(
  links: readonly (readonly [from: string, to: string])[],
  areaOf: ReadonlyMap<string, number>,
): { from: number; to: number; count: number }[] {
  const counts = new Map<string, { from: number; to: number; count: number }>();
  for (const [fromPath, toPath] of links) {
    const [from, to] = [areaOf.get(fromPath), areaOf.get(toPath)];
    if (from === undefined || to === undefined || from === to) continue;
    const entry = counts.get(`${from} ${to}`) ?? { from, to, count: 0 };
    counts.set(`${from} ${to}`, { ...entry, count: entry.count + 1 });
  }
  return [...counts.values()];
}

function cappedLists({ reading, contents, tree }: MapSources): CodeMap['completeness']['capped'] {
  const capped: CodeMap['completeness']['capped'] = [];
  if (reading.tasks.size > maxTasks) capped.push('tasks');
  if (contents.packages.length > maxPackages) capped.push('packages');
  if ((contents.owners?.length ?? 0) >= maxOwnerRules) capped.push('code_owners');
  if (tree.submodules.length > maxSubmodules) capped.push('submodules');
  return capped;
}
