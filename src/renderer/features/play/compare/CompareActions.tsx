import { useMemo } from 'react';
import type { CompareView } from '#shared/address/view.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { unlessRefused } from '../../../commands/command.ts';
import type { Command } from '../../../commands/command.ts';
import { useCommands } from '../../../commands/registry.ts';
import { useMe, whyNothing } from '../../../stores/profile.ts';
import { inPlay, openTarget } from '../../../stores/target.ts';
import { turnTo } from '../../workspace/turn.ts';
import { ActionButton } from './ActionButton.tsx';
import { isLeft } from './choices.ts';
import type { Choices } from './choices.ts';
import { keepsLive } from './decided.ts';
import { openMerge } from './MergeForm.tsx';
import { useNoneOfLive } from './useNoneOfLive.ts';
import { useConflicts } from './useComparison.ts';

interface Props {
  view: CompareView;
  comparison: Comparison;
  choices: Choices;
}

interface Action {
  id: 'play.promote' | 'play.refresh' | 'play.toLive' | 'play.toSandbox';
  label: string;
  why: string | null;
  primary?: boolean;
  run: () => unknown;
}

/** Number of ticked records of which nothing is promoted because live is kept. */
function useKeptLive(comparison: Comparison, choices: Choices): number {
  const some = [...choices.decided.values()].some(({ decision }) => decision.take === 'live');
  const conflicts = useConflicts(comparison, some && !inPlay());
  return useMemo(
    () => conflicts.filter((row) => !isLeft(choices, row) && keepsLive(choices, row)).length,
    [conflicts, choices],
  );
}

/** Actions: promote into live, or refresh the open sandbox. */
function useActions({ view, comparison, choices }: Props): readonly Action[] {
  const { t } = useTexts('compare');
  const why = whyNothing(useMe());
  const noneOfLive = useNoneOfLive(comparison);
  const kept = useKeptLive(comparison, choices);
  return useMemo(() => {
    const { to: sandbox } = comparison;
    const { live, both, conflict, play } = comparison.counts;
    const fresh = live + both + conflict;
    const changed = play + both + conflict;
    const chosen = Math.max(0, changed - choices.left.size - kept);
    const whyNone = changed === 0 ? t('none.carried') : null;
    if (inPlay()) {
      const elsewhere = openTarget() === sandbox.id ? null : t('refresh.elsewhere');
      return [
        {
          id: 'play.refresh',
          label: t('refresh.button'),
          why: why ?? elsewhere ?? (fresh === 0 ? noneOfLive : null),
          run: () => openMerge('refresh', comparison, choices),
        },
        {
          id: 'play.toLive',
          label: t('promote.inLive'),
          why: whyNone,
          primary: true,
          // Live's own changes are not promoted.
          run: () => turnTo(null, view.shown === 'live' ? { ...view, shown: undefined } : view),
        },
      ];
    }
    return [
      { id: 'play.toSandbox', label: t('play:link.open'), why: null, run: () => turnTo(sandbox.id, view) },
      {
        id: 'play.promote',
        label: chosen === 0 ? t('promote.buttonNone') : t('promote.button', { count: chosen }),
        why: why ?? whyNone ?? (chosen === 0 ? t(kept > 0 ? 'promote.allKept' : 'promote.none') : null),
        primary: true,
        run: () => openMerge('promote', comparison, choices),
      },
    ];
  }, [view, comparison, choices, kept, noneOfLive, why, t]);
}

export function CompareActions(props: Props) {
  const actions = useActions(props);
  const commands = useMemo(
    () =>
      actions.map(({ id, label, why, run }): Command => ({
        id,
        group: 'data',
        label,
        ...unlessRefused(why),
        run,
      })),
    [actions],
  );
  useCommands(commands);
  return actions.map(({ id, label, why, primary = false, run }) => (
    <ActionButton key={id} primary={primary} why={why} onClick={() => void run()}>
      {label}
    </ActionButton>
  ));
}
