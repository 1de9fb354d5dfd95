import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFlagFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { describeTransaction } from '../../text/audit.ts';
import { dateTimeToSecond } from '../../text/formats.ts';
import { authorName } from '../../text/author-name.ts';
import { hasFocusMoved } from '../../ui/focus.ts';
import { reportError } from '../../ui/notices.tsx';
import { shareOf } from './useMoments.ts';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { LogRange } from './useMoments.ts';
import { moveTo } from './useTravel.ts';
import type { Travel } from './useTravel.ts';
import styles from './past.module.css';

/** Checkpoints above the slider. */
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
export function Slider({ travel: { range, moment, index, lastIndex, goToIndex } }: { travel: Travel }) {
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
