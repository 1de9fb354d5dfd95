import { useMemo } from 'react';
import type { CompareView } from '#shared/address/view.ts';
import type { Comparison } from '#shared/contract/comparison.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { unlessRefused } from '../../../commands/command.ts';
import { useCommands } from '../../../commands/registry.ts';
import { useMe, writeRefusal } from '../../../stores/profile.ts';
import { inSandbox, pageTarget } from '../../../stores/target.ts';
import { switchTo } from '../../workspace/switch-target.ts';
import { ActionButton } from './ActionButton.tsx';
import { isLeftOut } from './choices.ts';
import type { Choices } from './choices.ts';
import { keepsLive } from './resolved-conflicts.ts';
import { openMergeForm } from './MergeForm.tsx';
import { useNoChangesText } from '../useSandboxes.ts';
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

/** The number of selected records of which nothing is promoted, because their conflicts keep live. */
function useKeptLiveCount(comparison: Comparison, choices: Choices): number {
  const hasLiveDecisions = [...choices.decided.values()].some(({ decision }) => decision.take === 'live');
  const conflicts = useConflicts(comparison, hasLiveDecisions && !inSandbox());
  return useMemo(
    () => conflicts.filter((row) => !isLeftOut(choices, row) && keepsLive(choices, row)).length,
    [conflicts, choices],
  );
}

/** Actions: promote into live, or refresh the open sandbox. */
function useActions({ view, comparison, choices }: Props): readonly Action[] {
  const { t } = useTexts('compare');
  const refusal = writeRefusal(useMe());
  const noChangesText = useNoChangesText(comparison);
  const keptLive = useKeptLiveCount(comparison, choices);
  return useMemo(() => {
    const { to: sandbox } = comparison;
    const { live, both, conflict, play } = comparison.counts;
    const toRefresh = live + both + conflict;
    const toPromote = play + both + conflict;
    const selectedCount = Math.max(0, toPromote - choices.left.size - keptLive);
    const emptyReason = toPromote === 0 ? t('none.carried') : null;
    if (inSandbox()) {
      const otherTargetReason = pageTarget() === sandbox.id ? null : t('refresh.elsewhere');
      return [
        {
          id: 'play.refresh',
          label: t('refresh.button'),
          why: refusal ?? otherTargetReason ?? (toRefresh === 0 ? noChangesText : null),
          run: () => openMergeForm('refresh', comparison, choices),
        },
        {
          id: 'play.toLive',
          label: t('promote.inLive'),
          why: emptyReason,
          primary: true,
          // Changes of live cannot be promoted, so a filter for them is cleared.
          run: () => switchTo(null, view.shown === 'live' ? { ...view, shown: undefined } : view),
        },
      ];
    }
    return [
      { id: 'play.toSandbox', label: t('play:link.open'), why: null, run: () => switchTo(sandbox.id, view) },
      {
        id: 'play.promote',
        label: selectedCount === 0 ? t('promote.buttonNone') : t('promote.button', { count: selectedCount }),
        why:
          refusal ??
          emptyReason ??
          (selectedCount === 0 ? t(keptLive > 0 ? 'promote.allKept' : 'promote.none') : null),
        primary: true,
        run: () => openMergeForm('promote', comparison, choices),
      },
    ];
  }, [view, comparison, choices, keptLive, noChangesText, refusal, t]);
}

export function CompareActions(props: Props) {
  const actions = useActions(props);
  useCommands(
    () =>
      actions.map(({ id, label, why, run }) => ({
        id,
        group: 'data',
        label,
        ...unlessRefused(why),
        run,
      })),
    [actions],
  );
  return actions.map(({ id, label, why, primary = false, run }) => (
    <ActionButton key={id} primary={primary} why={why} onClick={() => void run()}>
      {label}
    </ActionButton>
  ));
}
