import type { NamedRecord } from '#shared/contract/analysis.ts';
import type { CodeMap } from '#shared/contract/code-maps.ts';
import { Fault } from '#shared/contract/faults.ts';
import type { ShownMap } from '#shared/contract/maps.ts';
import { foldText } from '#shared/domain/fold.ts';
import { jsonObjectIn, textIn } from '#shared/domain/json.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { referencedIds } from '#shared/domain/references.ts';
import { compareNames } from '#shared/domain/sort-key.ts';
import type { ReadHandle } from '../kernel/db/connection.ts';
import { visibleCondition } from '../kernel/db/schema.ts';
import { visibleRecord } from '../model/commands.ts';
import type { Services } from '../model/services.ts';
import { readCodeSettings } from './local-settings.ts';
import { areaKeyOf } from './area-keys.ts';
import { findMapDocument, readMap, readMapVersions, readNewestMap } from './map-documents.ts';
import { matchAuthors } from './people.ts';
import type { KnownPerson, MatchedAuthors } from './people.ts';

const maxLargest = 20;

export const mapMissingFault = (what: string): Fault<'REPOSITORY'> =>
  new Fault('REPOSITORY', { reason: 'map_missing', what });

/**
 * The newest map of a repository that is on this computer, or the one with a content; null without one. Throws NOT_FOUND, REPOSITORY
 * (`map_missing`) for a content.
 */
export async function showMap(
  services: Services,
  repository: string,
  sha256?: string,
): Promise<ShownMap | null> {
  const { read, files } = services;
  const { payload } = visibleRecord(read, 'repository', repository);
  const document = findMapDocument(read, repository);
  if (!document) return null;
  const name = textIn(payload['name']);
  const chosen = sha256 === undefined ? null : await readMap(services, sha256);
  if (sha256 !== undefined && !chosen) throw mapMissingFault(name);
  const shown =
    chosen && sha256 !== undefined ? { map: chosen, sha256 } : await readNewestMap(services, document.id);
  if (!shown) return null;
  const { map } = shown;
  const matched = matchAuthors(read, repository, map);
  const areas = describeAreas(read, map, payload, matched);
  const titleOf = (index: number): string => areas[index]?.title ?? '';
  const sized = map.files.flatMap(({ path, bytes }) => (bytes === null ? [] : [{ path, bytes }]));
  return {
    ...map,
    repository: { id: repository, type: 'repository', title: name },
    document: document.id,
    sha256: shown.sha256,
    files: map.files.length,
    areas,
    authors: authorsOf(map, matched, readCodeSettings(files).names),
    largest: sized.toSorted((a, b) => b.bytes - a.bytes).slice(0, maxLargest),
    imports: (map.imports?.between ?? [])
      .map(({ from, to, count }) => ({ from: titleOf(from), to: titleOf(to), count }))
      .toSorted((a, b) => b.count - a.count),
    versions: readMapVersions(read, document.id),
  };
}

export const namedPerson = ({ id, type, name }: KnownPerson): NamedRecord => ({ id, type, title: name });

function authorsOf(
  { authors }: CodeMap,
  { people, proposals }: MatchedAuthors,
  names: Readonly<Record<string, string>>,
): ShownMap['authors'] {
  const proposed = new Map(proposals.map(({ author, person }) => [author, person]));
  return authors
    .map(({ key, is_bot, is_shared, last }, index) => {
      const person = people[index];
      const proposal = proposed.get(index);
      const kind = is_bot ? 'bot' : is_shared ? 'shared' : person ? 'person' : 'unknown';
      return {
        key,
        name: person?.name ?? names[key] ?? null,
        kind,
        person: person ? namedPerson(person) : null,
        last,
        proposed: proposal ? namedPerson(proposal) : null,
      } as const;
    })
    .toSorted((a, b) => compareNames(a.name ?? '\uffff', b.name ?? '\uffff'));
}

/** The texts of areas by their keys, which can be any folders. */
const textsOf = (value: Json | undefined): ReadonlyMap<string, string> =>
  new Map(
    Object.entries(jsonObjectIn(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );

type ShownArea = ShownMap['areas'][number];

/**
 * The areas of a map, with their names, which people gave or their folders, and their teams: as chosen, as CODEOWNERS names it, with the
 * folder's name, or the team of most of their matched authors.
 */
export function describeAreas(
  db: ReadHandle,
  map: CodeMap,
  payload: JsonObject,
  { people }: MatchedAuthors,
): ShownArea[] {
  const rows = db.all<{ id: string; name: string }>(`SELECT id, name FROM teams WHERE ${visibleCondition()}`);
  const teams = new Map(rows.map(({ id, name }) => [id, { id, type: 'team' as const, title: name }]));
  const own = referencedIds(payload['team_ids']).flatMap((id) => teams.get(id) ?? []);
  const candidates = own.length > 0 ? own : [...teams.values()];
  const wordsOf = (text: string): string => foldText(text).replaceAll(/[^\p{L}\p{N}]+/gu, '');
  const byName = Map.groupBy(candidates, ({ title }) => wordsOf(title));
  const named = (text: string): NamedRecord | undefined => {
    const found = byName.get(wordsOf(text)) ?? [];
    return found.length === 1 ? found[0] : undefined;
  };
  const [givenNames, chosen] = [textsOf(payload['area_names']), textsOf(payload['area_teams'])];
  const teamOfPerson = new Map(
    db
      .all<{ id: string; team: string }>(
        `SELECT id, team_id AS team FROM students WHERE team_id IS NOT NULL AND ${visibleCondition()}`,
      )
      .map(({ id, team }) => [id, team]),
  );
  const teamOf = (
    area: CodeMap['areas'][number],
    index: number,
    key: string,
  ): Pick<ShownArea, 'team' | 'team_by'> => {
    const choice = teams.get(chosen.get(key) ?? '');
    if (choice) return { team: choice, team_by: 'chosen' };
    const owner = (area.owners ?? [])
      .map((text) => named(text.replace(/^@[^/]*\//, '')))
      .find((team) => team);
    if (owner) return { team: owner, team_by: 'owners' };
    const sameName = named(area.folder.split('/').at(-1) ?? '');
    if (sameName) return { team: sameName, team_by: 'name' };
    const counts = new Map<string, number>();
    const authored = map.files.filter((file) => file.area === index);
    for (const author of authored.flatMap(({ authors }) => authors)) {
      const team = teamOfPerson.get(people[author]?.id ?? '');
      if (team !== undefined) counts.set(team, (counts.get(team) ?? 0) + 1);
    }
    const [top] = [...counts].toSorted(([, a], [, b]) => b - a);
    const majority = top && 2 * top[1] > authored.length ? teams.get(top[0]) : undefined;
    return majority ? { team: majority, team_by: 'authors' } : { team: null, team_by: null };
  };
  return map.areas.map((area, index) => {
    const key = areaKeyOf(area);
    const title = givenNames.get(key) ?? (area.folder === '' ? '/' : key);
    return { ...area, key, title, ...teamOf(area, index, key) };
  });
}
