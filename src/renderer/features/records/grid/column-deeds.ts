import type { Filter, Sort } from '#shared/contract/entities.ts';
import type { SummaryKind } from '../../../stores/list-layout.ts';

/** What can be done with a column, from its heading, the palette or the menu of columns. */
export interface ColumnDeeds {
  /** The next order of a click: up, down, none; with `add` it joins the others. */
  sort: (key: string, add: boolean) => void;
  order: (key: string, direction: Sort['direction']) => void;
  filter: (filters: readonly Filter[]) => void;
  /** By which field the list is grouped now, or ''. */
  grouped: string;
  canGroup: (key: string) => boolean;
  /** '' ends the grouping. */
  group: (key: string) => void;
  resize: (key: string, width: number | null) => void;
  /** As wide as its content; the element names the grid that it stands in. */
  fit: (within: Element | null, key: string, index: number) => void;
  move: (key: string, step: number) => void;
  place: (key: string, target: string) => void;
  pin: (key: string, pinned: boolean) => void;
  hide: (key: string) => void;
  summaryOf: (key: string) => SummaryKind;
  summarize: (key: string, kind: SummaryKind) => void;
}
