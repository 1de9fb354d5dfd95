import type { Context } from './command.ts';
import { tell } from './output/errors.ts';
import { withWorkspace } from './workspace.ts';

/**
 * Opens a workspace once after something else took its place, as whoever is first in it: who did that may be none of its profiles. Null, or
 * the reason why it cannot be opened, as a sentence: what was done is done all the same.
 */
export async function whyClosed(context: Context, workspace: string, label: string): Promise<string | null> {
  const chosen = { workspace, actor: undefined };
  try {
    await withWorkspace({ ...context, environment: {} }, chosen, label, ({ client }) =>
      client.workspace.info({}),
    );
    return null;
  } catch (error) {
    return tell(error)?.message ?? String(error);
  }
}
