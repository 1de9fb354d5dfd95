import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/setup.ts';
import { ProgressLine } from '../../ui/ProgressLine.tsx';
import type { AnswerState } from './useAnswer.ts';
import styles from './insights.module.css';

/** Progress and a stop button. */
export function Pending({ pending, label }: { pending: NonNullable<AnswerState['pending']>; label: string }) {
  const { t } = useTexts('common');
  return (
    <div className={`stack center gap-12 small ${styles.pending}`}>
      <span className="dim">{label}</span>
      <ProgressLine progress={pending.progress} label={label} />
      <Button size="xs" variant="default" onClick={pending.cancel}>
        {t('cancel')}
      </Button>
    </div>
  );
}
