import { ActionIcon, Button } from '@mantine/core';
import { IconAlertTriangle, IconCircleX, IconInfoCircle, IconX } from '@tabler/icons-react';
import type { Finding } from '#shared/contract/care.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { visit } from '../../../stores/address.ts';
import { isLive } from '../../../stores/target.ts';
import { RecoverButton } from '../../../ui/RecoverButton.tsx';
import { warningText } from '../findings.ts';
import { dismiss } from './dismissed.ts';
import { useWarnings, usual } from './useWarnings.ts';
import type { Pauses } from './useWarnings.ts';
import styles from './warnings.module.css';

const isDamage = ({ id, state }: Finding): boolean =>
  isLive() && state === 'bad' && (id === 'noted' || id === 'daily');

const signs = { good: IconInfoCircle, warn: IconAlertTriangle, bad: IconCircleX } as const;

/** The line above the status bar with warnings about the workspace, worst first, one at a time. */
export default function WarningBar({ pauses = usual }: { pauses?: Pauses }) {
  const { t } = useTexts('care');
  const { workspace, found } = useWarnings(pauses);
  const [worst, ...others] = found;
  if (!worst) return null;
  const Icon = signs[worst.state];
  return (
    <section
      className={`row gap-8 small line-above px-12 py-4 on-${worst.state} high-36 ${styles.warning}`}
      aria-label={t('care:warn.label')}
    >
      <Icon size={17} stroke={1.6} className={worst.state} aria-hidden />
      <p>{warningText(worst)}</p>
      {others.length > 0 && (
        <span className={`dim ${styles.warningMore}`}>{t('insights:more', { count: others.length })}</span>
      )}
      {isDamage(worst) ? (
        <RecoverButton />
      ) : (
        <Button size="xs" variant="default" onClick={() => visit({ kind: 'care' })}>
          {t('care:warn.open')}
        </Button>
      )}
      <ActionIcon
        size={26}
        aria-label={t('home:unknown.meant')}
        title={t('home:unknown.meant')}
        onClick={() => dismiss(worst, workspace)}
      >
        <IconX size={16} stroke={1.6} />
      </ActionIcon>
    </section>
  );
}
