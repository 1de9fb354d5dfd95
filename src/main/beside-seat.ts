import { recentId } from './recent.ts';
import type { Beside } from './seat-file.ts';
import { sandboxesIn } from './workspace-folder.ts';

/** What the seat keeps things for besides the recent workspaces: the sample, which is never among them but there to come back to, and all sandboxes. */
export function besideRecent(recent: readonly string[], sample: string): Beside {
  // Of the sample that was never made, or was removed, there are none.
  const found = recent.map(sandboxesIn);
  const known = [recentId(sample), ...[sandboxesIn(sample), ...found].flatMap((ids) => ids ?? [])];
  return { known, sandboxes: !found.includes(null) };
}
