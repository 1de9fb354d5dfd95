import { Button } from '@mantine/core';
import { IconFlag, IconHistory } from '@tabler/icons-react';
import { pointRestoreVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useActor, useWorkspace } from '../../stores/profile.ts';
import { describeTransaction } from '../../text/audit.ts';
import { denialText } from '../../text/faults.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { exactTime } from '../../text/time.ts';
import { authorName, authorFullName } from '../../text/author-name.ts';
import { switchToNow } from '../workspace/switch-target.ts';
import { showCheckpoints } from './checkpoints.tsx';
import { GoToTime } from './GoToTime.tsx';
import { restoreTo } from './restore/RestoreForm.tsx';
import { Slider } from './Slider.tsx';
import { useLogChanges } from './useMoments.ts';
import { useTravel } from './useTravel.ts';
import type { Travel } from './useTravel.ts';
import styles from './past.module.css';

/** A point in time: when, and the last change before it with its author. */
function PointInTime({ moment }: Pick<Travel, 'moment'>) {
  const { t } = useTexts('past');
  const myId = useActor()?.id;
  const sandbox = useWorkspace().data?.sandbox;
  if (!moment) return <p className={`grow row gap-8 small ${styles.said} dim`}>{t('common:loading')}</p>;
  const { created_at, label, params, actor } = moment;
  const changeText = describeTransaction(label, params);
  const when = dateTimeToSecond(created_at);
  return (
    <p
      className={`grow row gap-8 small ${styles.said} cut`}
      title={`${exactTime(created_at)} · ${changeText} · ${authorFullName(actor, myId)}`}
    >
      <IconHistory aria-hidden size={15} stroke={1.8} />
      <strong className="rigid strong cut">
        {sandbox == null ? t('frame:past', { when }) : t('bar.asOfPlay', { when, name: sandbox.name })}
      </strong>
      <span className="dim cut">{t('common:dot', { a: changeText, b: authorName(actor, myId) })}</span>
    </p>
  );
}

/** Actions at a point in time: compare, restore, leave. */
function PointActions({ moment }: Pick<Travel, 'moment'>) {
  const { t } = useTexts('past');
  const actor = useActor();
  const refusal = denialText(actor && pointRestoreVerdict(actor)) ?? undefined;
  return (
    <span className="flex rigid gap-8">
      <Button
        size="xs"
        disabled={!moment}
        onClick={() => moment && navigate({ kind: 'moments', from: String(moment.id), to: 'now' })}
      >
        {t('bar.compare')}
      </Button>
      <Button
        size="xs"
        disabled={!moment || refusal !== undefined}
        title={refusal}
        onClick={() => moment && restoreTo(moment, null)}
      >
        {t('bar.all')}
      </Button>
      <Button variant="filled" size="xs" onClick={() => void switchToNow()}>
        {t('back')}
      </Button>
    </span>
  );
}

/** The bars below the title bar in the past: the point in time, the slider, and the way back to the present. */
export default function PastBar() {
  const { t } = useTexts('past');
  const travel = useTravel();
  useLogChanges();
  return (
    <section className={`stack gap-4 px-12 ${styles.bar}`} aria-label={t('history:act.time')}>
      <div className="row shrink gap-8">
        <PointInTime moment={travel.moment} />
        <PointActions moment={travel.moment} />
      </div>
      <div className="row shrink gap-8">
        <Slider travel={travel} />
        <GoToTime moment={travel.moment} />
        <Button size="xs" leftSection={<IconFlag size={14} stroke={1.6} />} onClick={showCheckpoints}>
          {t('bar.checkpoints')}
        </Button>
      </div>
    </section>
  );
}
