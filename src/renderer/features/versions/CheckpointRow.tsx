import { Button } from '@mantine/core';
import type { Checkpoint } from '#shared/contract/moments.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { useMe } from '../../stores/profile.ts';
import { whoIs } from '../../text/who.ts';
import { When } from '../../ui/When.tsx';
import { turnToMoment } from '../workspace/turn.ts';
import styles from './backups.module.css';

/** One checkpoint, which can be opened and compared with now. */
export function CheckpointRow({ checkpoint }: { checkpoint: Checkpoint }) {
  const { t } = useTexts('backups');
  const me = useMe()?.id;
  const { id, name, at, created_at, by, lost } = checkpoint;
  return (
    <li className="row gap-12 line-below copy-row">
      <div className={`grow center gap-2-8 copy-words ${styles.words}`}>
        <h3 className="cut">{name}</h3>
        <span className="row wrap gap-2-8">
          <span className="pill pill-plain">{t('show.one')}</span>
        </span>
        <p className="dim">
          <When at={created_at} />
          {' · '}
          {t('history:detail.by', { who: whoIs(by, me) })}
        </p>
      </div>
      <Button
        size="xs"
        variant="default"
        disabled={lost}
        aria-label={t('show.compareNamed', { name })}
        onClick={() => go({ kind: 'moments', from: id, to: 'now' })}
      >
        {t('play:compare')}
      </Button>
      <Button
        size="xs"
        variant="default"
        disabled={lost}
        aria-label={t('show.lookNamed', { name })}
        onClick={() => void turnToMoment(at)}
      >
        {t('past:link.open')}
      </Button>
    </li>
  );
}
