import type { View } from '#shared/address/view.ts';
import type { IconType } from '../../ui/icons.ts';

/** One thing that was found, or is offered. */
export interface Entry {
  /** Its own among all that is shown at once. */
  id: string;
  label: string;
  icon: IconType;
  /** A quieter word at its end: of what kind it is, whose. */
  aside?: string;
  /** A second line that explains it. */
  more?: string;
  /** Its keys, as commands have them. */
  shortcut?: string | undefined;
  /** Shown struck through: it is there and deleted. */
  gone?: boolean;
  /** It cannot be done now, and `more` says why. */
  refused?: boolean;
  /** Where it leads; what leads nowhere is run instead. */
  view?: View;
  run?: () => void;
}

export interface Group {
  id: 'recent' | 'records' | 'sandboxes' | 'views' | 'commands' | 'terms';
  label: string;
  entries: readonly Entry[];
}
