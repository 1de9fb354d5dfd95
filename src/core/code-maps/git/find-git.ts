import { execFileSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { inheritedVariables } from '#shared/domain/environment.ts';
import { RepositoryError } from '../repository-error.ts';

/** Variables such as GIT_CONFIG_COUNT exist since this version. */
const [minMajor, minMinor] = [2, 31];

const maxStartMs = 20_000;

interface Computer {
  path?: string;
  platform?: NodeJS.Platform;
  /** Runs a program and returns its output. Throws if it fails. */
  runProgram?: (program: string, args: string[]) => string;
}

function runHere(program: string, args: string[]): string {
  // Other variables can name files that git writes.
  const env = inheritedVariables(['PATH', 'SystemRoot']);
  const options = { encoding: 'utf8', timeout: maxStartMs, stdio: 'pipe', windowsHide: true } as const;
  return execFileSync(program, args, { ...options, env });
}

/**
 * The absolute path of git in the folders of PATH; a relative folder could be the repository. Throws RepositoryError (`git_missing`,
 * `git_old`, `developer_tools`).
 */
export function findGit({
  path = inheritedVariables(['PATH'])['PATH'] ?? '',
  platform = process.platform,
  runProgram = runHere,
}: Computer = {}): string {
  const name = platform === 'win32' ? 'git.exe' : 'git';
  // Programs with windows do not inherit the PATH of a terminal.
  const moreFolders = platform === 'darwin' ? ['/opt/homebrew/bin', '/usr/local/bin'] : [];
  let lacksTools = false;
  for (const folder of [...path.split(delimiter), ...moreFolders]) {
    if (!isAbsolute(folder)) continue;
    const git = join(folder, name);
    try {
      accessSync(git, constants.X_OK);
    } catch {
      continue;
    }
    // Without developer tools this file of macOS opens an installer.
    if (platform === 'darwin' && git === '/usr/bin/git' && !hasDeveloperTools(runProgram)) lacksTools = true;
    else return checkVersion(git, runProgram);
  }
  throw new RepositoryError(lacksTools ? 'developer_tools' : 'git_missing');
}

function hasDeveloperTools(runProgram: NonNullable<Computer['runProgram']>): boolean {
  try {
    return runProgram('/usr/bin/xcode-select', ['-p']).trim() !== '';
  } catch {
    return false;
  }
}

function checkVersion(git: string, runProgram: NonNullable<Computer['runProgram']>): string {
  let text: string;
  try {
    text = runProgram(git, ['--version']);
  } catch (error) {
    throw new RepositoryError('git_missing', String(error));
  }
  const [, version = '', major, minor] = /((\d+)\.(\d+)\S*)/.exec(text) ?? [];
  const isEnough = Number(major) > minMajor || (Number(major) === minMajor && Number(minor) >= minMinor);
  if (!isEnough) throw new RepositoryError('git_old', version);
  return git;
}
