import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Comparison } from '#shared/contract/compare.ts';
import { useMe, whyNothing } from '../../../stores/profile.ts';
import { inPlay, openTarget } from '../../../stores/target.ts';
import { turnTo } from '../../workspace/turn.ts';
import { ActionButton } from './ActionButton.tsx';
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
  const fresh = counts.live + counts.both + counts.conflict;
  const carried = counts.play + counts.both + counts.conflict;
  const chosen = Math.max(0, carried - choices.left.size);
  const view = { kind: 'compare', sandbox: sandbox.id } as const;
  const whyNone = carried === 0 ? t('none.carried') : null;
  if (inPlay()) {
    const elsewhere = openTarget() === sandbox.id ? null : t('refresh.elsewhere');
    return (
      <>
        <ActionButton
          why={why ?? elsewhere ?? (fresh === 0 ? t('none.live') : null)}
          onClick={() => carryOver('refresh', comparison, choices)}
        >
          {t('refresh.button')}
        </ActionButton>
        <ActionButton primary why={whyNone} onClick={() => void turnTo(null, view)}>
          {t('promote.inLive')}
        </ActionButton>
      </>
    );
  }
  return (
    <>
      <Button variant="default" onClick={() => void turnTo(sandbox.id, view)}>
        {t('openSandbox')}
      </Button>
      <ActionButton
        primary
        why={why ?? whyNone ?? (chosen === 0 ? t('promote.none') : null)}
        onClick={() => carryOver('promote', comparison, choices)}
      >
        {chosen === 0 ? t('promote.buttonNone') : t('promote.button', { count: chosen })}
      </ActionButton>
    </>
  );
}
