import { IconAlertTriangle, IconFlask, IconHistory, IconPlugConnectedX } from '@tabler/icons-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import { connection } from '../api/connection.ts';
import { useReadOnly, useWorkspace } from '../stores/profile.ts';
import { useOpenMoment } from '../stores/moments.ts';
import { inPast, inPlay, openSandbox } from '../stores/target.ts';
import { momentToSecond } from '../text/formats.ts';

/** So many characters of its name stand there in the narrowest window too. */
const most = 13;

/** Which sandbox is looked at, or its past: where there is little room, by its name alone. */
function PlayPill({ name }: { name: string }) {
  const { t } = useTranslation('frame');
  const words = t('play', { name });
  const least = Math.min(most, name.length);
  return (
    <span
      className="pill pill-play"
      title={`${words}\n${t('playTip')}`}
      style={{ '--prefix': words.length - name.length, '--least': least } as CSSProperties}
    >
      <IconFlask aria-hidden size={13} stroke={1.8} />
      <span className="pill-word cut">{words}</span>
      <span aria-hidden className="pill-name cut" data-name={name} />
    </span>
  );
}

/** Which copy of the records is looked at; and that it cannot be reached, as long as it cannot. */
export function LiveBadge() {
  const { t } = useTranslation('frame');
  const state = connection((now) => now.state);
  const sandbox = useWorkspace().data?.sandbox;
  const closed = useReadOnly();
  const moment = useOpenMoment().data?.moment;
  if (state === 'lost') {
    return (
      <span className="pill pill-bad" title={t('lostTip')}>
        <IconPlugConnectedX aria-hidden size={13} stroke={1.8} />
        <span className="pill-word">{t('lost')}</span>
      </span>
    );
  }
  if (inPast()) {
    return (
      <>
        {openSandbox() !== null && <PlayPill name={sandbox?.name ?? ''} />}
        <span className="pill pill-past" title={t('pastTip')}>
          <IconHistory aria-hidden size={13} stroke={1.8} />
          <span className="pill-word cut">
            {moment ? t('past', { when: momentToSecond(moment.created_at) }) : t('pastComing')}
          </span>
        </span>
      </>
    );
  }
  if (inPlay()) return <PlayPill name={sandbox?.name ?? ''} />;
  if (closed !== null) {
    return (
      <span className="pill pill-bad" title={closed}>
        <IconAlertTriangle aria-hidden size={13} stroke={1.8} />
        <span className="pill-word">{t('liveClosed')}</span>
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
