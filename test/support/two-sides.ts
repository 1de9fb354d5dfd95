import type { Core } from '#core/open.ts';
import type { MergeResult } from '#shared/contract/compare.ts';
import { clientOf, openSandbox, resultOf, take } from './sandboxes.ts';
import { testWorkspace } from './workspace.ts';
import type { Client, Template, TestWorkspace } from './workspace.ts';

type Asked = Parameters<Client['sandboxes']['promote']>[0];

/** Live, and a sandbox of it. */
export interface TwoSides {
  workspace: TestWorkspace;
  /** That of the sandbox. */
  core: Core;
  ada: Client;
  play: Client;
  id: string;
  promote: (asked?: Omit<Asked, 'id'>, who?: string) => Promise<MergeResult>;
  refresh: (asked?: Omit<Asked, 'id' | 'only'>) => Promise<MergeResult>;
}

/** Takes a sandbox of a workspace and opens it. */
export async function sidesOf(workspace: TestWorkspace): Promise<TwoSides> {
  const ada = workspace.as();
  const { id } = await take(ada, 'Play');
  const core = await openSandbox(workspace, id);
  const play = clientOf(core);
  return {
    workspace,
    core,
    ada,
    id,
    play,
    promote: async (asked = {}, who) => resultOf(await workspace.as(who).sandboxes.promote({ id, ...asked })),
    refresh: async (asked = {}) => resultOf(await play.sandboxes.refresh({ id, ...asked })),
  };
}

/** As `sidesOf` a workspace of its own. */
export const twoSides = async (template: Template): Promise<TwoSides> =>
  sidesOf(await testWorkspace({ template }));
