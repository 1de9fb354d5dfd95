import { lazy, Suspense } from 'react';
import type { RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import type { CompareView as Address } from '#shared/address/view.ts';
import type { Comparison, Difference } from '#shared/contract/compare.ts';
import { go } from '../../../stores/address.ts';
import { decidedAnew, include, includeAll } from './choices.ts';
import type { Choices, Ref } from './choices.ts';
import { clicksOf, follow } from './clicks.ts';
import type { Step } from './clicks.ts';
import { ComparedList } from './ComparedList.tsx';
import { DifferenceTable } from './DifferenceTable.tsx';
import { readCarried } from './kept-choices.ts';
import { pick } from './needed.ts';
import { opensIn } from './opens.ts';
import { mayBeKept, spare } from './spared.ts';
import { readAll } from './useComparison.ts';
import type { Asked } from './useComparison.ts';

/** Loaded when it is shown: it draws with WebGL. */
const DifferenceNetwork = lazy(() => import('./network/DifferenceNetwork.tsx'));

/** What of the differences is listed, as far as it is read. */
export interface Listed {
  rows: readonly Difference[];
  /** How many there are. */
  matched: number;
  /** All of them, where they are at hand. */
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
  asked: Asked;
  comparison: Comparison | undefined;
  listed: Listed;
  /** What of a list scrolls. */
  scroller: RefObject<HTMLElement | null>;
  choosing: boolean;
  deciding: boolean;
  choices: Choices;
  /** Takes what becomes of the choices that are made by then. */
  onChoices: (next: Step) => void;
}

/** What differs, as a list or a network. */
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
  const { t } = useTranslation('compare');
  const id = view.sandbox;
  const { rows } = listed;
  const opens = opensIn(id, comparison?.sandbox.name ?? '');
  const clicked = (atOnce: Step, read: () => Promise<Step>): void =>
    void follow(clicksOf(id), onChoices, atOnce, read);
  /** All that are found, also those that are not read yet. */
  const onPickAll = (wanted: boolean): void =>
    clicked(
      (now) => includeAll(now, rows, wanted),
      async () => {
        const all = listed.all ?? (await readAll(id, asked));
        return (now) => includeAll(now, all, wanted);
      },
    );
  /** What it needs, or what needs it, may be what is not shown. */
  const onPick = (one: Ref, wanted: boolean): void =>
    clicked(
      (now) => include(now, [one], wanted),
      async () => {
        const all = await readCarried(id);
        return (now) => pick(now, all, one, wanted);
      },
    );
  /** What goes with what live keeps may be what is not shown. */
  const onChange = (next: Choices, row: Difference): void => {
    const anew = (now: Choices): Choices => decidedAnew(now, choices, next);
    if (!choosing || !mayBeKept(row)) onChoices(anew);
    else
      clicked(anew, async () => {
        const all = await readCarried(id);
        return (now) => spare(anew(now), all, row);
      });
  };
  return view.as === 'network' ? (
    <Suspense fallback={null}>
      <DifferenceNetwork
        {...{ id, asked, rows, choices, choosing, deciding, opens }}
        onChange={onChange}
        onPick={onPick}
        onCancel={() => showAs(view, 'list')}
      />
    </Suspense>
  ) : (
    <ComparedList
      label={t('list')}
      takesFocus={!choosing}
      scroller={scroller}
      left={listed.matched - rows.length}
      pages={listed}
    >
      <DifferenceTable
        {...{ rows, choices, choosing, deciding, opens }}
        known={listed.titles}
        onChange={onChange}
        onPick={onPick}
        onPickAll={onPickAll}
      />
    </ComparedList>
  );
}
