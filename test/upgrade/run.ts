import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { useMemoryFolder } from '#scripts/lib/memory-folder.ts';
import { root } from '#scripts/lib/paths.ts';
import { fillWorkspace } from './fill.ts';
import { Program } from './program.ts';
import { extractRelease, missingReleases, releases } from './releases.ts';
import type { Release } from './releases.ts';
import { checkServer } from './server.ts';
import { checkWorkspace } from './workspace.ts';
import type { Site } from './workspace.ts';

/**
 * `npm run test:upgrade [-- COMMIT …]`: every earlier release fills workspaces and a server with its own program, taken from the history; today's program
 * opens, changes and shares them; then the earlier one has them back. Exits with 1 if something failed.
 */
async function main(commits: readonly string[]): Promise<number> {
  useMemoryFolder();
  const wanted = releases.filter(({ commit }) => commits.length === 0 || commits.includes(commit));
  const missing = missingReleases(wanted);
  if (missing.length > 0) {
    const names = missing.map(({ commit, date }) => `${commit} (${date})`).join(', ');
    console.log(
      `The history of this clone is cut off: the sources of ${missing.length} of ${wanted.length} releases are not in it: ${names}. ` +
        'Nothing was tried with them. Run "git fetch --unshallow" first.',
    );
  }
  const problems: string[] = [];
  for (const release of wanted.filter((one) => !missing.includes(one)))
    problems.push(...(await checkRelease(release)));
  console.log(
    `\n${wanted.length - missing.length} of ${wanted.length} releases tried, ${problems.length} problems`,
  );
  return problems.length === 0 && missing.length === 0 ? 0 : 1;
}

async function checkRelease(release: Release): Promise<string[]> {
  const name = `${release.commit} of ${release.date} (schema ${release.schema}, server ${release.server})`;
  const problems: string[] = [];
  const folder = mkdtempSync(join(tmpdir(), 'frames-upgrade-'));
  const started = performance.now();
  let checks = 0;
  const site: Site = {
    folder,
    release,
    old: new Program(extractRelease(release, join(folder, 'program')), join(folder, 'home')),
    today: new Program(join(root, 'out/cli/frames.js'), join(folder, 'home')),
    async check(what, work) {
      checks += 1;
      try {
        await work();
      } catch (error) {
        const problem = `${what}: ${error instanceof Error ? error.message : String(error)}`;
        problems.push(problem);
        console.log(`FAILED with ${name}: ${problem}`);
      }
    },
  };
  try {
    const filled = join(folder, 'filled', 'workspace');
    await site.check('the workspace', async () => {
      await fillWorkspace(site.old, release, filled);
      await checkWorkspace(site, filled);
    });
    if (release.server > 0) await site.check('the server', () => checkServer(site));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const seconds = ((performance.now() - started) / 1000).toFixed(0);
  console.log(`${name}: ${checks} checks, ${problems.length} problems, ${seconds} s`);
  return problems;
}

process.exitCode = await main(process.argv.slice(2));
