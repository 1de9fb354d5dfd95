import { lazy, Suspense, useRef } from 'react';
import type { CompareView as Address } from '#shared/address/view.ts';
import { isCancelled } from '../../../api/failures.ts';
import { navigate } from '../../../stores/address.ts';
import { reportError } from '../../../ui/notices.tsx';
import { includeRecords } from './choices.ts';
import type { Choices, RecordRef, ChoicesUpdate } from './choices.ts';
import { ComparedList } from './ComparedList.tsx';
import { openingsIn } from './openings.ts';
import { readAll } from './useComparison.ts';
import type { Compared } from './useCompared.ts';

/** Loaded on demand, because the list does not need the code that draws the network. */
const DifferenceNetwork = lazy(() => import('./network/DifferenceNetwork.tsx'));

/** Switches between list and network, kept in the address. */
export function showAs(view: Address, as: string): void {
  navigate({ ...view, as: as === 'network' ? as : undefined }, { replace: true });
}

interface Props {
  view: Address;
  compared: Compared;
  choosing: boolean;
  deciding: boolean;
  choices: Choices;
  onChoices: (next: ChoicesUpdate) => void;
}

/** The changes of live and a sandbox since their base, with selection, as a list or a network. */
export function Differences({ view, compared, choosing, deciding, choices, onChoices }: Props) {
  const { query, comparison, listed } = compared;
  const { rows } = listed;
  const opens = openingsIn(view.sandbox, comparison?.to.name ?? '');
  const selectAllAborter = useRef<AbortController>(null);
  const onPick = (record: RecordRef, isSelected: boolean): void =>
    onChoices((now) => includeRecords(now, [record], isSelected));
  /** Selects or deselects all records: the loaded ones at once, so that a later click on one of them is kept; others when loaded. */
  const onPickAll = async (isSelected: boolean): Promise<void> => {
    selectAllAborter.current?.abort();
    selectAllAborter.current = new AbortController();
    const { signal } = selectAllAborter.current;
    onChoices((now) => includeRecords(now, rows, isSelected));
    try {
      const isAll = rows.length === listed.matched;
      const allRows = 'all' in listed ? listed.all : isAll ? rows : await readAll(query, { signal });
      const loadedKeys = new Set(rows.map(({ type, id }) => `${type} ${id}`));
      const others = allRows.filter(({ type, id }) => !loadedKeys.has(`${type} ${id}`));
      onChoices((now) => includeRecords(now, others, isSelected));
    } catch (error) {
      if (!isCancelled(error)) reportError(error);
    }
  };
  const picking = { choices, choosing, deciding, onChange: onChoices, onPick };
  if (view.as !== 'network')
    return (
      <ComparedList
        {...{ compared, opens }}
        picking={{ ...picking, onPickAll: (isSelected) => void onPickAll(isSelected) }}
      />
    );
  return (
    <Suspense fallback={null}>
      <DifferenceNetwork
        {...{ ...picking, query, rows, opens }}
        id={view.sandbox}
        onCancel={() => showAs(view, 'list')}
      />
    </Suspense>
  );
}
