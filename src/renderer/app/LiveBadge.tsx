import { IconPlugConnectedX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';

/** Which copy of the records is looked at; and that it cannot be reached, as long as it cannot. */
export function LiveBadge() {
  const { t } = useTranslation('frame');
  const state = connection((now) => now.state);
  if (state === 'lost') {
    return (
      <span className="pill pill-bad" title={t('lostTip')}>
        <IconPlugConnectedX aria-hidden size={13} stroke={1.8} />
        <span className="pill-word">{t('lost')}</span>
      </span>
    );
  }
  return (
    <span className={`pill ${state === 'ready' ? 'pill-ok' : 'pill-plain'}`} title={t('liveTip')}>
      <span aria-hidden className="dot" />
      <span className="pill-word">{t('live')}</span>
    </span>
  );
}
