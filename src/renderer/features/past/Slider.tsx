import { ActionIcon } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconFlagFilled } from '@tabler/icons-react';
import { useEffect, useRef } from 'react';
import type { CSSProperties } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { describeTransaction } from '../../text/audit.ts';
import { momentToSecond } from '../../text/formats.ts';
import { whoIs } from '../../text/who.ts';
import { hasFocusMoved } from '../../ui/focus.ts';
import { reportError } from '../../ui/notices.tsx';
import { shareOf } from './useMoments.ts';
import { useCheckpoints } from '../../stores/checkpoints.ts';
import type { Range } from './useMoments.ts';
import { moveTo } from './useTravel.ts';
import type { Travel } from './useTravel.ts';
import styles from './past.module.css';

/** Checkpoints above the slider. */
function Marks({ range }: { range: Range }) {
  const { t } = useTexts('past');
  const { data = [] } = useCheckpoints();
  return (
    <div className={styles.marks}>
      {data
        .filter(({ lost }) => !lost)
        .map(({ id, name, at, created_at }) => {
          const label = t('bar.mark', { name, when: momentToSecond(created_at) });
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

/** The slider over the log: one step for each change, with checkpoints above. Arrow keys move by one, Home and End to the ends. */
export function Slider({ travel: { range, moment, index, last, to } }: { travel: Travel }) {
  const { t } = useTexts('past');
  const me = useMe()?.id;
  const slider = useRef<HTMLInputElement>(null);
  const known = index !== null;
  useEffect(() => {
    // Focuses the slider, unless the user has moved on.
    if (known && !hasFocusMoved(null)) slider.current?.focus();
  }, [known]);
  const value = moment
    ? t('bar.value', {
        when: momentToSecond(moment.created_at),
        what: describeTransaction(moment.label, moment.params),
        who: whoIs(moment.actor, me),
      })
    : '';
  const at = index ?? last;
  return (
    <div className="grow row gap-4">
      <ActionIcon
        aria-label={t('bar.previous')}
        title={t('bar.previous')}
        disabled={at <= 0}
        onClick={() => to(at - 1)}
      >
        <IconChevronLeft size={18} stroke={1.8} />
      </ActionIcon>
      <div className={`relative pt-8 ${styles.slider}`} data-keeps-focus>
        {range && <Marks range={range} />}
        <input
          className="block full pointer"
          ref={slider}
          type="range"
          min={0}
          max={last}
          step={1}
          value={at}
          disabled={!known}
          aria-label={t('history:act.time')}
          aria-valuetext={value}
          onChange={(event) => to(Number(event.currentTarget.value))}
        />
      </div>
      <ActionIcon
        aria-label={t('bar.next')}
        title={t('bar.next')}
        disabled={at >= last}
        onClick={() => to(at + 1)}
      >
        <IconChevronRight size={18} stroke={1.8} />
      </ActionIcon>
      <span className={`rigid tiny dim ${styles.place} num`}>
        {known && range ? t('confirm:of', { part: at + 1, all: last + 1 }) : ''}
      </span>
    </div>
  );
}
