import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { openTarget } from '../../stores/target.ts';
import { TakenLine } from './TakenLine.tsx';
import { turnTo } from '../workspace/turn.ts';
import { useSandboxes } from './useSandboxes.ts';
import './play.css';

/** The line under the title bar of Play: that nothing touches live, and the way back to it. */
export default function PlayBar() {
  const { t } = useTranslation('play');
  const { data } = useSandboxes();
  const sandbox = data?.find(({ id }) => id === openTarget());
  return (
    <section className="play-bar" aria-label={t('bar.label')}>
      <p className="cut">
        <strong>{t('bar.safe')}</strong>
      </p>
      {sandbox && <TakenLine sandbox={sandbox} />}
      <span className="play-bar-end">
        <Button size="xs" variant="default" onClick={() => void turnTo(null)}>
          {t('leave')}
        </Button>
      </span>
    </section>
  );
}
