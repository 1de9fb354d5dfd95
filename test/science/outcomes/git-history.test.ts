import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { git } from '#scripts/lib/git.ts';
import { halfYearsOf } from '#scripts/science/outcomes/half-years.ts';
import { isBot } from '#scripts/science/outcomes/git-history.ts';
import { formatHistory, readHistory } from '#scripts/science/outcomes/history.ts';
import { openHistory } from '#scripts/science/outcomes/sources.ts';
import { makeFolder, removeFolder } from '#test/support/folder.ts';

let folder = '';

/** Writes the files with new content, or removes those with a minus, and commits. */
function commit(
  day: string,
  author: string,
  files: readonly string[],
  { message = 'Change', merged = day }: { message?: string; merged?: string } = {},
): void {
  for (const file of files) {
    if (file.startsWith('-')) {
      rmSync(join(folder, file.slice(1)));
      continue;
    }
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), `${day} ${author}`);
  }
  git(['add', '--all'], folder);
  const [, name = '', address = ''] = /^(.*) <(.*)>$/.exec(author) ?? [];
  vi.stubEnv('GIT_AUTHOR_NAME', name);
  vi.stubEnv('GIT_AUTHOR_EMAIL', address);
  vi.stubEnv('GIT_AUTHOR_DATE', `${day}T12:00:00Z`);
  vi.stubEnv('GIT_COMMITTER_NAME', 'Merger');
  vi.stubEnv('GIT_COMMITTER_EMAIL', 'merger@example.org');
  vi.stubEnv('GIT_COMMITTER_DATE', `${merged}T12:00:00Z`);
  git(['commit', '--message', message], folder);
}

const ann = 'Ann <Ann@Example.org>';
const bob = 'Bob <bob@example.org>';
const bobAtHome = 'Bob <bob@home.example>';

beforeAll(() => {
  folder = makeFolder();
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null');
  git(['init', '--initial-branch', 'main'], folder);
  commit('2020-06-01', ann, ['a/x/one.py', 'a/x/old name.py', 'a/y/ümlaut.py']);
  commit('2020-10-01', bob, ['a/x/one.py']);
  commit('2021-01-15', ann, ['a/y/ümlaut.py'], {
    message: `Change\n\nSome text.\n\nCo-authored-by: ${bobAtHome}\nCo-authored-by: dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>`,
  });
  commit('2021-02-01', 'renovate[bot] <bot@renovateapp.com>', ['a/x/one.py']);
  commit('2021-03-01', bob, ['-a/x/old name.py']);
  // The clock of the author was wrong.
  commit('2031-01-01', ann, ['a/x/one.py'], { merged: '2021-07-11' });
  commit('2022-07-02', 'ann <ann@example.org>', ['docs/index.md', '.mailmap']);
  writeFileSync(join(folder, '.mailmap'), `Bob <bob@example.org> ${bobAtHome.slice(4)}\n`);
  vi.unstubAllEnvs();
});

afterAll(() => removeFolder(folder));

describe('the history of a git folder', () => {
  test('has people by address, days, and all kinds of changes', () => {
    const { commits, paths } = openHistory(folder);
    expect(paths).toEqual(['a/x/old name.py', 'a/x/one.py', 'a/y/ümlaut.py', '.mailmap', 'docs/index.md']);
    const day = (text: string): number => Date.parse(text) / 86_400_000;
    expect(
      commits.map((made) => [
        made.day,
        made.authors,
        made.changes.map(({ kind, file }) => `${kind}${file}`).join(' '),
      ]),
    ).toEqual([
      [day('2020-06-01'), [0], 'A0 A1 A2'],
      [day('2020-10-01'), [1], 'M1'],
      [day('2021-01-15'), [0, 1], 'M2'],
      [day('2021-03-01'), [1], 'D0'],
      [day('2021-07-11'), [0], 'M1'],
      [day('2022-07-02'), [0], 'A3 A4'],
    ]);
  });

  test('has the same leavers and outcomes as the numbers that are written of it', () => {
    const history = openHistory(folder);
    const again = readHistory(formatHistory(history), 'again');
    expect(again).toEqual(history);
    const [halfYear, ...others] = halfYearsOf(again);
    expect(others).toEqual([]);
    expect([...(halfYear?.leavers ?? [])]).toEqual([
      [1, { untouched: 1, untouchedShare: 0.5, orphaned: 2, delay: (10 + 365) / 2 }],
    ]);
  });

  test('is that of a subfolder', () => {
    const { commits, paths } = openHistory(join(folder, 'a/y'));
    expect(paths).toEqual(['a/y/ümlaut.py']);
    expect(commits).toHaveLength(2);
  });
});

test.for([
  ['dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>', true],
  ['Zuul <zuul@review.opendev.org>', true],
  ['Jenkins <jenkins@review.openstack.org>', true],
  ['OpenStack Proposal Bot <openstack-infra@lists.openstack.org>', true],
  ['Release <release-bot@example.org>', true],
  ['Mend Renovate <bot@renovateapp.com>', true],
  ['Jane Talbot <jtalbot@example.org>', false],
  ['Anne Jenkins <anne.jenkins@example.org>', false],
  ['Bo <bo@example.org>', false],
] as const)('%s is a bot: %s', ([person, expected]) => {
  expect(isBot(person)).toBe(expected);
});
