import type { Page } from '@playwright/test';
import type { Running } from '../../e2e/lib/launch.ts';
import type { Chance } from '../chance.ts';

/** Whose hands they are: the window, what chance says, and the workspace for those who come in by the side. */
export interface Hands {
  running: Running;
  page: Page;
  chance: Chance;
  workspace: string;
}

/** Something that a person does. One whose place is not there right now throws; that is a miss, no failure. */
export interface Deed {
  name: string;
  /** How often beside the others. */
  weight: number;
  act: (hands: Hands) => Promise<void>;
}
