import { join, resolve } from 'node:path';
import { hasWorkspace } from './workspace-folder.ts';

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
  lastWorkspace: string | null = null,
): Target {
  const workspace = option(argv, '--workspace') ?? env['FRAMES_WORKSPACE'];
  if (workspace !== undefined && workspace !== '') return { workspace: resolve(workspace), sample: false };
  if (lastWorkspace !== null && hasWorkspace(lastWorkspace))
    return { workspace: lastWorkspace, sample: false };
  return sampleTarget(userData);
}

/** The first start creates this workspace and fills it with sample records. */
export function sampleTarget(userData: string): Target {
  return { workspace: join(userData, 'workspaces', 'Sample'), sample: true };
}

function option(argv: readonly string[], name: string): string | undefined {
  const inlineOption = argv.find((argument) => argument.startsWith(`${name}=`));
  if (inlineOption !== undefined) return inlineOption.slice(name.length + 1);
  const index = argv.indexOf(name);
  return index >= 0 ? argv[index + 1] : undefined;
}
