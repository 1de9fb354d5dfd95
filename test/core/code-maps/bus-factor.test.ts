import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findAreas } from '#core/code-maps/areas.ts';
import { busFactor } from '#core/code-maps/bus-factor.ts';
import { orphanShare } from '#core/code-maps/orphans.ts';
import { findRenames } from '#core/code-maps/git/renames.ts';
import { lawRuns } from '#test/support/law-runs.ts';

const authorList = fc.uniqueArray(fc.nat(14), { maxLength: 4 });

test('the smallest number of people equals an exhaustive search, and greedy removal is never smaller', () => {
  fc.assert(
    fc.property(fc.array(authorList, { minLength: 1, maxLength: 30 }), (files) => {
      const people = [...new Set(files.flat())];
      let [size, count] = [Number.POSITIVE_INFINITY, 0];
      for (let set = 0; set < 2 ** people.length; set++) {
        const gone = people.filter((_, bit) => Math.floor(set / 2 ** bit) % 2 === 1);
        const lost = files.filter((authors) => authors.every((author) => gone.includes(author)));
        if (lost.length <= files.length / 2) continue;
        if (gone.length < size) [size, count] = [gone.length, 0];
        if (gone.length === size) count += 1;
      }
      const found = busFactor(files);
      expect(found).toMatchObject({ exact: size, exactSets: count });
      expect(found?.greedy).toBeGreaterThanOrEqual(size);
    }),
    { numRuns: lawRuns(60) },
  );
});

test('with many authors only the greedy number is known', () => {
  const files = Array.from({ length: 30 }, (_, index) => [index]);
  expect(busFactor(files)).toMatchObject({ greedy: 16, exact: null, exactSets: null });
  expect(busFactor([])).toBeNull();
});

test('areas are folders of a size that somebody recognises, and hold each file once', () => {
  const make = (folder: string, count: number): string[] =>
    Array.from({ length: count }, (_, index) => `${folder}${index}.c`);
  const files = [
    ...make('src/f0/app_adcs/', 11),
    ...make('src/f0/app_solar/', 9),
    ...make('src/f0/common/', 5),
    ...make('src/boards/', 6),
    ...make('src/tiny/', 2),
    ...make('src/', 1),
    ...make('tools/', 4),
  ];
  const areas = findAreas(files);
  expect(areas.map(({ folder, isRest, files: own }) => [folder, isRest, own.length])).toEqual([
    ['src/f0/app_adcs', false, 11],
    ['src/f0/app_solar', false, 9],
    ['src/f0/common', false, 5],
    ['src/boards', false, 6],
    ['src', true, 3],
    ['tools', false, 4],
  ]);
  const path = fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(
      fc.uniqueArray(
        path.map((parts) => `${parts.join('/')}/x.c`),
        { maxLength: 60 },
      ),
      (paths) => {
        expect(
          findAreas(paths)
            .flatMap((area) => area.files)
            .sort(),
        ).toEqual(paths.toSorted());
      },
    ),
  );
});

test('an area is orphaned by those who leave, and one change of a person who stays brings files back', () => {
  const [annId, boId] = [0, 1];
  const presence = (author: number) => (author === boId ? 'stays' : 'leaves');
  const file = (recent: number[]) => ({
    path: 'a.c',
    bytes: 1,
    language: 'C',
    area: 0,
    authors: [annId],
    recent,
  });
  const files = Array.from({ length: 11 }, () => file([annId]));
  const before = orphanShare(files, presence, () => true);
  expect(before).toMatchObject({ share: 100, unknown: 0, files: 11, successors: [] });
  const paired = files.map((each, index) => (index < 4 ? file([annId, boId]) : each));
  const after = orphanShare(paired, presence, () => true);
  expect((before.share ?? 0) - (after.share ?? 0)).toBeCloseTo(400 / 11);
  expect(after).toMatchObject({ successors: [boId] });
  const paths = after.orphans.length;
  expect(paths).toBe(7);
});

test('files of unknown authors are counted apart while these are active, and are orphans once they are silent', () => {
  const files = [{ path: 'a.c', bytes: 1, language: 'C', area: 0, authors: [0], recent: [] }];
  expect(
    orphanShare(
      files,
      () => 'unknown',
      () => true,
    ),
  ).toMatchObject({ share: 0, unknown: 100 });
  expect(
    orphanShare(
      files,
      () => 'unknown',
      () => false,
    ),
  ).toMatchObject({ share: 100, unknown: 0 });
});

/** The least milliseconds of processor time of three runs. */
function measureCpu(work: () => void): number {
  const times = Array.from({ length: 3 }, () => {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  return Math.min(...times);
}

test('a hundred thousand renames of equal files are paired by their names, in a few passes', () => {
  const paths = Array.from({ length: 100_000 }, (_, index) => `f${index}.c`);
  const change = (status: string, folder: string) => (path: string) => ({
    status,
    mode: '100644',
    oldId: status === 'D' ? 'same' : 'none',
    newId: status === 'A' ? 'same' : 'none',
    path: `${folder}/${path}`,
  });
  const changes = [...paths.map(change('D', 'old')), ...paths.map(change('A', 'new'))];
  const renames = findRenames(changes);
  expect(renames).toHaveLength(100_000);
  expect(renames.every(({ from, to }) => from.slice(4) === to.slice(4))).toBe(true);
  // Names in another order, and all of them new.
  const renamed = [...paths.map(change('D', 'old')), ...paths.toReversed().map(change('A', 'new/x'))];
  expect(
    findRenames(renamed.map((each) => ({ ...each, path: each.path.replace('new/x/', 'new/x') }))),
  ).toHaveLength(100_000);
  const onePass = measureCpu(() => new Map(changes.map((each) => [each.path, each])));
  expect(measureCpu(() => findRenames(changes)) / onePass).toBeLessThan(20);
});
