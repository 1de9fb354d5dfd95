import type { View } from '#shared/address/view.ts';
import type { Excerpt } from '#shared/contract/search.ts';
import type { IconType } from '../../ui/icons.ts';

/** One thing that was found, or is offered. It leads to `view`; without one it is run. */
export interface Entry {
  /** Unique among all entries that are shown at once. */
  id: string;
  label: string;
  icon: IconType;
  aside?: string;
  /** A second line that explains it. */
  more?: string;
  /** What was found, after `more`, with the words marked. */
  excerpt?: Excerpt;
  /** Runs before `view` is opened. */
  prepare?: () => void;
  shortcut?: string | undefined;
  deleted?: boolean;
  /** It cannot be done now, and `more` says why. */
  refused?: boolean;
  /** The box stays open, for an entry that changes the list. */
  keepsOpen?: boolean;
  view?: View;
  run?: () => void;
}
