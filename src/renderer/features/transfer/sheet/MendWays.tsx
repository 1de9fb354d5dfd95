import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { readAs } from './tool.ts';
import type { ToolProps } from './tool.ts';

interface LikelyProps {
  /** What it is called that is proposed. */
  label: string;
  /** Rows that have the value. */
  count: number;
  onUse: () => void;
}

/** What a value most likely means, said as what would be done. */
export function Likely({ label, count, onUse }: LikelyProps) {
  const { t } = useTranslation('sheets');
  return (
    <Button size="xs" variant="outline" onClick={onUse}>
      {count === 1 ? t('mend.likely', { value: label }) : t('mend.likelyAll', { value: label, count })}
    </Button>
  );
}

/** The way that every value has: nothing comes of it. */
export function LeaveEmpty({ onLeave }: { onLeave: () => void }) {
  const { t } = useTranslation('sheets');
  return (
    <Button size="xs" variant="subtle" color="gray" onClick={onLeave}>
      {t('mend.leaveEmpty')}
    </Button>
  );
}

/** It is right as it stands. */
export function KeepIt(props: ToolProps) {
  const { t } = useTranslation('sheets');
  return (
    <Button size="xs" variant="default" onClick={() => readAs(props, props.problem.value, true)}>
      {t('mend.keep')}
    </Button>
  );
}
