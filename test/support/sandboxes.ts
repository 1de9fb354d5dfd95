import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { workspaceFiles } from '#core/kernel/db/files.ts';
import type { WorkspaceFiles } from '#core/kernel/db/files.ts';
import type { Core } from '#core/open.ts';
import type { Client, TestWorkspace } from './workspace.ts';

type Awaitable<T> = T | PromiseLike<T>;

/** Takes a sandbox and waits for it. */
export async function take(client: Client, name: string, from?: string): Promise<Sandbox> {
  return resultOf(client.sandboxes.create({ name, ...(from === undefined ? {} : { from }) }));
}

/** What a long operation comes to. */
export async function resultOf<R>(
  stream: Awaitable<AsyncIterable<{ kind: 'progress' } | { kind: 'result'; result: R }>>,
): Promise<R> {
  for await (const step of await stream) if (step.kind === 'result') return step.result;
  throw new Error('it ended without a result');
}

/** A core on a sandbox; it goes with the workspace. */
export const openSandbox = (workspace: TestWorkspace, id: string): Promise<Core> =>
  workspace.another({ target: { kind: 'sandbox', id } });

export const filesOf = (workspace: TestWorkspace, id: string): WorkspaceFiles =>
  workspaceFiles(workspace.folder, { kind: 'sandbox', id });

/** The operations as the owner has them on a core. */
export const clientOf = (core: Core): Client => core.client(core.session());
