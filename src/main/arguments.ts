import { join, resolve } from 'node:path';
import { holdsWorkspace } from './workspace-folder.ts';

export interface Target {
  workspace: string;
  sample: boolean;
  sandbox?: string | undefined;
  at?: number | string | undefined;
}

/** Precedence: `--workspace`, FRAMES_WORKSPACE, the last chosen workspace if it exists, the sample. */
export function targetFrom(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  userData: string,
  chosen: string | null = null,
): Target {
  const named = option(argv, '--workspace') ?? env['FRAMES_WORKSPACE'];
  if (named !== undefined && named !== '') return { workspace: resolve(named), sample: false };
  if (chosen !== null && holdsWorkspace(chosen)) return { workspace: chosen, sample: false };
  return sampleIn(userData);
}

/** The first start creates this workspace and fills it with sample records. */
export function sampleIn(userData: string): Target {
  return { workspace: join(userData, 'workspaces', 'Sample'), sample: true };
}

function option(argv: readonly string[], name: string): string | undefined {
  const joined = argv.find((argument) => argument.startsWith(`${name}=`));
  if (joined !== undefined) return joined.slice(name.length + 1);
  const at = argv.indexOf(name);
  return at >= 0 ? argv[at + 1] : undefined;
}
