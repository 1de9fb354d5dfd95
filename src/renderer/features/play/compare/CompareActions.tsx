import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/contract/compare.ts';
import { useMe, whyNothing } from '../../../stores/profile.ts';
import { inPlay, openTarget } from '../../../stores/target.ts';
import { turnTo } from '../../workspace/turn.ts';
import { carryOver } from './CarryForm.tsx';
import type { Choices } from './choices.ts';

interface Props {
  comparison: Comparison;
  choices: Choices;
}

/** What can be done about what is compared: carry Play's changes over where live is open, bring live's in where the sandbox is. */
export function CompareActions({ comparison, choices }: Props) {
  const { t } = useTranslation('compare');
  const why = whyNothing(useMe());
  const { sandbox, counts } = comparison;
  const here = inPlay();
  const fresh = counts.live + counts.both + counts.conflict;
  const carried = counts.play + counts.both + counts.conflict;
  const view = { kind: 'compare', sandbox: sandbox.id } as const;
  const refused = { disabled: why !== null, title: why ?? undefined };
  return here ? (
    <>
      <Button
        variant="default"
        {...refused}
        disabled={why !== null || fresh === 0 || openTarget() !== sandbox.id}
        onClick={() => carryOver('refresh', comparison, choices)}
      >
        {t('refresh.button')}
      </Button>
      <Button disabled={carried === 0} onClick={() => void turnTo(null, view)}>
        {t('promote.inLive')}
      </Button>
    </>
  ) : (
    <>
      <Button variant="default" onClick={() => void turnTo(sandbox.id, view)}>
        {t('openSandbox')}
      </Button>
      <Button
        {...refused}
        disabled={why !== null || carried === 0}
        onClick={() => carryOver('promote', comparison, choices)}
      >
        {t('promote.button', { count: Math.max(0, carried - choices.left.size) })}
      </Button>
    </>
  );
}
