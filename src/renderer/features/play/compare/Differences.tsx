import { lazy, Suspense, useRef } from 'react';
import type { CompareView as Address } from '#shared/address/view.ts';
import { isCancelled } from '../../../api/failures.ts';
import { navigate } from '../../../stores/address.ts';
import { reportError } from '../../../ui/notices.tsx';
import { includeRecords } from './choices.ts';
import type { Choices, Ref, Step } from './choices.ts';
import { ComparedList } from './ComparedList.tsx';
import { opensIn } from './opens.ts';
import { readAll } from './useComparison.ts';
import type { Compared } from './useCompared.ts';

/** Loaded on demand: it draws the network. */
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
  onChoices: (next: Step) => void;
}

/** What live and a sandbox changed since their base, with selecting, as a list or a network. */
export function Differences({ view, compared, choosing, deciding, choices, onChoices }: Props) {
  const { query, found, listed } = compared;
  const { rows } = listed;
  const opens = opensIn(view.sandbox, found?.to.name ?? '');
  const pickingAll = useRef<AbortController>(null);
  const onPick = (one: Ref, isSelected: boolean): void =>
    onChoices((now) => includeRecords(now, [one], isSelected));
  /** Selects all: loaded records at once, so that a later click on one stands, others when loaded. */
  const onPickAll = async (isSelected: boolean): Promise<void> => {
    pickingAll.current?.abort();
    pickingAll.current = new AbortController();
    const { signal } = pickingAll.current;
    onChoices((now) => includeRecords(now, rows, isSelected));
    try {
      const isAll = rows.length === listed.matched;
      const all = 'all' in listed ? listed.all : isAll ? rows : await readAll(query, { signal });
      const known = new Set(rows.map(({ type, id }) => `${type} ${id}`));
      const others = all.filter(({ type, id }) => !known.has(`${type} ${id}`));
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
