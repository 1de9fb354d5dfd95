import type { CodeMap, MapComparison } from '#shared/contract/code-maps.ts';
import { jsonEqual } from '#shared/domain/json.ts';
import { areaKeyOf } from './area-keys.ts';

type AreaState = NonNullable<MapComparison['areas'][number]['after']>;

function areaStates({
  areas,
  files,
}: CodeMap): Map<string, { folder: string; is_rest: boolean; state: AreaState }> {
  const filesOfArea = Map.groupBy(files, ({ area }) => area);
  return new Map(
    areas.map(({ folder, is_rest, files: count, bytes, bus_factor }, index) => {
      const peopleOfFiles = (filesOfArea.get(index) ?? []).map(
        ({ authors, recent }) => new Set([...authors, ...recent]),
      );
      const state = {
        files: count,
        bytes,
        bus_factor,
        people: new Set(peopleOfFiles.flatMap((people) => [...people])).size,
        known_to_one: peopleOfFiles.filter(({ size }) => size === 1).length,
        known_to_nobody: peopleOfFiles.filter(({ size }) => size === 0).length,
      };
      return [areaKeyOf({ folder, is_rest }), { folder, is_rest, state }];
    }),
  );
}

/** The differences between two maps of a repository; areas are the same if they have the same folder. */
export function compareMaps(earlier: CodeMap, later: CodeMap): MapComparison {
  const [before, after] = [areaStates(earlier), areaStates(later)];
  const keysOf = (map: CodeMap): Set<string> => new Set(map.authors.map(({ key }) => key));
  const [keysBefore, keysAfter] = [keysOf(earlier), keysOf(later)];
  const authored = (map: CodeMap): Map<string, boolean> =>
    new Map(map.files.map(({ path, authors }) => [path, authors.length > 0]));
  const [authoredBefore, authoredAfter] = [authored(earlier), authored(later)];
  const changedTo = (isAuthored: boolean): string[] =>
    [...authoredAfter].flatMap(([path, now]) =>
      now === isAuthored && authoredBefore.get(path) === !isAuthored ? [path] : [],
    );
  return {
    commits: later.commits - earlier.commits,
    areas: [...new Map([...before, ...after])].flatMap(([key, { folder, is_rest }]) => {
      const [old, now] = [before.get(key)?.state ?? null, after.get(key)?.state ?? null];
      return jsonEqual(old, now) ? [] : [{ folder, is_rest, before: old, after: now }];
    }),
    authors: {
      added: [...keysAfter].filter((key) => !keysBefore.has(key)),
      removed: [...keysBefore].filter((key) => !keysAfter.has(key)),
    },
    files: { lost_authors: changedTo(false), gained_authors: changedTo(true) },
  };
}
