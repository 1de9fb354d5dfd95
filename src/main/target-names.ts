import type { Target } from './arguments.ts';
import { recentId } from './recent.ts';

/** What the seat keeps tabs and drafts under: a sandbox has its own, its records have the ids of live's; so has what is looked at as it was. */
export const seatIdOf = ({ workspace, sandbox, at }: Target): string =>
  `${sandbox ?? recentId(workspace)}${at === undefined ? '' : ':then'}`;

/** What the seat keeps the layout of lists under, and the window what it told: that of a workspace is the same in its sandboxes and its past. */
export const listsIdOf = ({ workspace }: Target): string => recentId(workspace);

/** What the page is told it is of: `live`, the id of a sandbox, or `then-` and one of the two. */
export const nameOf = ({ sandbox = 'live', at }: Target): string =>
  at === undefined ? sandbox : `then-${sandbox}`;
