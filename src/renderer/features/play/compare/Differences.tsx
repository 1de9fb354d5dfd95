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

/** Loaded on demand: it draws the network. */
const DifferenceNetwork = lazy(() => import('./network/DifferenceNetwork.tsx'));

/** The loaded differences. */
export interface Listed {
  rows: readonly Difference[];
  /** Their total number. */
  matched: number;
  all?: readonly Difference[];
  /** Titles of all differing records, including unlisted ones; by default those of `rows`. */
  titles?: ReadonlyMap<string, string>;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

/** Switches between list and network, kept in the address. */
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
  /** Selects all: loaded records at once, so that a later click on one stands, others when loaded. */
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
