import { Button, ActionIcon } from '@mantine/core';
import {
  IconFlag,
  IconHistory,
  IconChevronLeft,
  IconChevronRight,
  IconFlagFilled,
} from '@tabler/icons-react';
import { pointRestoreVerdict } from '#shared/domain/permissions.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useActor, useWorkspace, useMe } from '../../stores/profile.ts';
import { describeTransaction } from '../../text/audit.ts';
import { denialText } from '../../text/faults.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { exactTime } from '../../text/time.ts';
import { authorName, authorFullName } from '../../text/author-name.ts';
import { switchToNow } from '../workspace/switch-target.ts';
import { showCheckpoints } from './checkpoints.tsx';
import { GoToTime } from './GoToTime.tsx';
import { restoreTo } from './restore/RestoreForm.tsx';
import { useLogChanges, shareOf } from './useMoments.ts';
import { useTravel, moveTo } from './useTravel.ts';
import type { Travel } from './useTravel.ts';
import styles from './past.module.css';
import { useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { hasFocusMoved } from '../../ui/focus.ts';
import { reportError } from '../../ui/notices.tsx';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { LogRange } from './useMoments.ts';

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

function CheckpointFlags({ range }: { range: LogRange }) {
  const { t } = useTexts('past');
  const { data = [] } = useCheckpoints();
  return (
    <div className={styles.marks}>
      {data
        .filter(({ lost }) => !lost)
        .map(({ id, name, at, created_at }) => {
          const label = t('bar.mark', { name, when: dateTimeToSecond(created_at) });
          return (
            <button
              key={id}
              type="button"
              className={`centered pointer rounded ${styles.mark}`}
              aria-label={label}
              title={label}
              style={{ '--share': shareOf(range, at) } as CSSProperties}
              onClick={() => void moveTo(at).catch((error: unknown) => reportError(error))}
            >
              <IconFlagFilled aria-hidden size={11} />
            </button>
          );
        })}
    </div>
  );
}

/** The slider over the log: one step for each change, with checkpoints above. Arrow keys move by one change. */
function Slider({ travel: { range, moment, index, lastIndex, goToIndex } }: { travel: Travel }) {
  const { t } = useTexts('past');
  const myId = useMe()?.id;
  const slider = useRef<HTMLInputElement>(null);
  const isKnown = index !== null;
  useEffect(() => {
    // Focuses the slider, unless the user has moved the focus.
    if (isKnown && !hasFocusMoved(null)) slider.current?.focus();
  }, [isKnown]);
  const valueText = moment
    ? t('bar.value', {
        when: dateTimeToSecond(moment.created_at),
        what: describeTransaction(moment.label, moment.params),
        who: authorName(moment.actor, myId),
      })
    : '';
  const position = index ?? lastIndex;
  return (
    <div className="grow row gap-4">
      <ActionIcon
        aria-label={t('bar.previous')}
        title={t('bar.previous')}
        disabled={position <= 0}
        onClick={() => goToIndex(position - 1)}
      >
        <IconChevronLeft size={18} stroke={1.8} />
      </ActionIcon>
      <div className={`relative pt-8 ${styles.slider}`} data-keeps-focus>
        {range && <CheckpointFlags range={range} />}
        <input
          className="block full pointer"
          ref={slider}
          type="range"
          min={0}
          max={lastIndex}
          step={1}
          value={position}
          disabled={!isKnown}
          aria-label={t('history:act.time')}
          aria-valuetext={valueText}
          onChange={(event) => goToIndex(Number(event.currentTarget.value))}
        />
      </div>
      <ActionIcon
        aria-label={t('bar.next')}
        title={t('bar.next')}
        disabled={position >= lastIndex}
        onClick={() => goToIndex(position + 1)}
      >
        <IconChevronRight size={18} stroke={1.8} />
      </ActionIcon>
      <span className={`rigid tiny dim ${styles.place} num`}>
        {isKnown && range ? t('confirm:of', { part: position + 1, all: lastIndex + 1 }) : ''}
      </span>
    </div>
  );
}
