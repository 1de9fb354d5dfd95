import type { View } from '#shared/address/view.ts';
import type { Excerpt } from '#shared/contract/search.ts';
import type { IconType } from '../../ui/icons.ts';

/** A result or suggestion. It opens `view`, or is run. */
export interface Entry {
  /** Unique among shown entries. */
  id: string;
  label: string;
  icon: IconType;
  /** A text at the right end: type, university, group. */
  aside?: string;
  /** A second line. */
  more?: string;
  /** The match after `more`, with marked words. */
  excerpt?: Excerpt;
  /** Runs before `view` is opened. */
  prepare?: () => void;
  shortcut?: string | undefined;
  deleted?: boolean;
  /** Disabled; `more` says why. */
  refused?: boolean;
  /** Keeps the palette open, for an entry that changes the list. */
  keepsOpen?: boolean;
  view?: View;
  run?: () => void;
}
