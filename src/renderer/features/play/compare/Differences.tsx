import { lazy, Suspense, useRef } from 'react';
import type { RefObject } from 'react';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { Comparison, Difference } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { isCancelled } from '../../../api/failures.ts';
import { go } from '../../../stores/address.ts';
import { report } from '../../../ui/notices.tsx';
import { include } from './choices.ts';
import type { Choices, Ref, Step } from './choices.ts';
import { ComparedList } from './ComparedList.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { opensIn } from './opens.ts';
import { readAll } from './useComparison.ts';
import type { ComparisonQuery } from './useComparison.ts';

/** Loaded when it is shown: it draws the network. */
const DifferenceNetwork = lazy(() => import('./network/DifferenceNetwork.tsx'));

/** What of the differences is listed, as far as it is read. */
export interface Listed {
  rows: readonly Difference[];
  /** How many there are. */
  matched: number;
  all?: readonly Difference[];
  /** What all that differ are called, also those that are not listed; without it what is in `rows` is known. */
  titles?: ReadonlyMap<string, string>;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Shows the same differences in another way; the address remembers which. */
export function showAs(view: Address, as: string): void {
  go({ ...view, as: as === 'network' ? as : undefined }, { replace: true });
}

interface Props {
  view: Address;
  asked: ComparisonQuery;
  comparison: Comparison | undefined;
  listed: Listed;
  scroller: RefObject<HTMLElement | null>;
  choosing: boolean;
  deciding: boolean;
  choices: Choices;
  onChoices: (next: Step) => void;
}

export function Differences({
  view,
  asked,
  comparison,
  listed,
  scroller,
  choosing,
  deciding,
  choices,
  onChoices,
}: Props) {
  const { t } = useTexts('compare');
  const id = view.sandbox;
  const { rows } = listed;
  const opens = opensIn(id, comparison?.sandbox.name ?? '');
  const pickingAll = useRef<AbortController>(null);
  const onPick = (one: Ref, wanted: boolean): void => onChoices((now) => include(now, [one], wanted));
  /** All that are found: those that are read at once, so that a later click on one of them stands, and the others when they are read. */
  const onPickAll = async (wanted: boolean): Promise<void> => {
    pickingAll.current?.abort();
    pickingAll.current = new AbortController();
    const { signal } = pickingAll.current;
    onChoices((now) => include(now, rows, wanted));
    try {
      const all = listed.all ?? (rows.length < listed.matched ? await readAll(id, asked, signal) : rows);
      const known = new Set(rows.map(({ type, id: of }) => `${type} ${of}`));
      const others = all.filter(({ type, id: of }) => !known.has(`${type} ${of}`));
      onChoices((now) => include(now, others, wanted));
    } catch (error) {
      if (!isCancelled(error)) report(error);
    }
  };
  return view.as === 'network' ? (
    <Suspense fallback={null}>
      <DifferenceNetwork
        {...{ id, asked, rows, choices, choosing, deciding, opens }}
        onChange={onChoices}
        onPick={onPick}
        onCancel={() => showAs(view, 'list')}
      />
    </Suspense>
  ) : (
    <ComparedList
      label={t('sync:list.differences')}
      takesFocus={!choosing}
      scroller={scroller}
      left={listed.matched - rows.length}
      pages={listed}
    >
      <DifferenceTable
        {...{ rows, choices, choosing, deciding, opens }}
        known={listed.titles}
        onChange={onChoices}
        onPick={onPick}
        onPickAll={(wanted) => void onPickAll(wanted)}
      />
    </ComparedList>
  );
}
