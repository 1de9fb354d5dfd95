import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { git } from '#scripts/lib/git.ts';
import { root } from '#scripts/lib/paths.ts';

/** An earlier state of the program: the last commit before the next step of the workspace's or the server's schema. */
export interface Release {
  commit: string;
  date: string;
  /** Number of steps of the workspace's schema. */
  schema: number;
  /** Number of steps of the server's schema; 0 if there was none that a later program can go on from. */
  server: number;
  /** The form of operations that it pushes. */
  operations: number;
}

/**
 * Before the first of them, the schema was numbered otherwise. Since then no step has been removed.
 * The steps are told by `migrations/local` and `migrations/remote` of each commit.
 */
export const releases: readonly Release[] = [
  { commit: 'c2f20e661', date: '2026-11-24', schema: 2, server: 0, operations: 1 },
  // Step 1 of the server's schema was not complete yet.
  { commit: '39dc646ed', date: '2026-11-25', schema: 3, server: 0, operations: 1 },
  { commit: '584c3eb35', date: '2026-11-25', schema: 4, server: 1, operations: 1 },
  { commit: '7a893396a', date: '2026-11-25', schema: 4, server: 2, operations: 1 },
  { commit: 'a2bdbcca4', date: '2026-11-27', schema: 5, server: 3, operations: 1 },
  { commit: '450568067', date: '2026-11-27', schema: 6, server: 4, operations: 2 },
  { commit: '8d22857e9', date: '2026-11-27', schema: 7, server: 5, operations: 2 },
  { commit: 'b738ce2c0', date: '2026-11-27', schema: 8, server: 6, operations: 2 },
  { commit: 'b7dc360d0', date: '2026-11-29', schema: 9, server: 7, operations: 2 },
  { commit: 'c82e75738', date: '2026-11-29', schema: 9, server: 8, operations: 2 },
];

/** What of a commit the command line needs. */
const paths = ['src', 'migrations', 'resources', 'scripts', 'package.json', 'bin'];

/** The releases whose sources this clone does not have, because its history is cut off. */
export const missingReleases = (wanted: readonly Release[]): Release[] =>
  wanted.filter(({ commit }) => {
    try {
      git(['cat-file', '-e', `${commit}^{commit}`]);
      return false;
    } catch {
      return true;
    }
  });

/** Puts the sources of a release into a folder, with the libraries of today. Returns the program of its command line. */
export function extractRelease({ commit }: Release, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const archive = join(folder, 'sources.tar');
  git(['archive', '--output', archive, commit, ...paths]);
  execFileSync('tar', ['-xf', archive, '-C', folder]);
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'src/cli/main.ts');
}
