import { textIn } from '#shared/domain/json.ts';
import type { NamePattern } from '#shared/domain/name-pattern.ts';
import { locateIn } from '../log/records/locate.ts';
import type { Services } from '../model/services.ts';
import { changeCodeSettings, readCodeSettings } from './local-settings.ts';
import { readMaps } from './map-documents.ts';
import { matchAuthors, readPeople } from './people.ts';

/**
 * Forgets the names of a person's accounts on this computer. Maps name nobody, and once the accounts of the person's record are gone, no
 * one in them is that person. Call while the record still has its accounts.
 */
export function forgetAuthor({ read, files }: Services, person: string, pattern: NamePattern): void {
  const { names } = readCodeSettings(files);
  const named = Object.entries(names).flatMap(([key, name]) => (pattern.hasMatch(name) ? [key] : []));
  const accounts = read
    .column<string>('SELECT id FROM repositories')
    .flatMap((repository) => readPeople(read, repository).find(({ id }) => id === person)?.accounts ?? []);
  const keys = [...accounts, ...named];
  if (keys.length === 0) return;
  changeCodeSettings(files, ({ erased, ...settings }) => ({
    ...settings,
    erased: [...new Set([...erased, ...keys])],
  }));
}

/** The files that a person authored or changed within a year before each map, and the day of the person's newest commit. */
export async function readAuthorship(
  services: Services,
  person: string,
): Promise<{ repository: string; last: string | null; authored: string[]; changed: string[] }[]> {
  const found = [];
  for (const { repository, map } of await readMaps(services)) {
    const { people } = matchAuthors(services.read, repository, map);
    const own = new Set(people.flatMap((each, author) => (each?.id === person ? [author] : [])));
    if (own.size === 0) continue;
    const pathsOf = (key: 'authors' | 'recent'): string[] =>
      map.files.flatMap(({ path, ...file }) => (file[key].some((author) => own.has(author)) ? [path] : []));
    found.push({
      repository: textIn(locateIn(services.read, 'repository', repository)?.payload['name']),
      last:
        map.authors
          .flatMap(({ last }, author) => (own.has(author) && last ? [last] : []))
          .toSorted()
          .at(-1) ?? null,
      authored: pathsOf('authors'),
      changed: pathsOf('recent'),
    });
  }
  return found;
}
