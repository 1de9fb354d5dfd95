import { Button } from '@mantine/core';
import { IconGridDots } from '@tabler/icons-react';
import { useState } from 'react';
import type { Insight } from '#shared/contract/analysis.ts';
import { matrixOf, recordIn } from '#shared/address/view.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { titleOr } from '../../text/names.ts';
import { AgainstLive } from './AgainstLive.tsx';
import { Picture } from './Picture.tsx';
import { Repairs } from './Repairs.tsx';
import type { AnswerState } from './useAnswer.ts';
import styles from './insights.module.css';

const mostNamed = 6;

function Records({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const [all, setAll] = useState(false);
  const named = all ? item.records : item.records.slice(0, mostNamed);
  const hidden = item.record_count - named.length;
  return (
    <section className={styles.records}>
      <h2>{t('records')}</h2>
      <p>
        {named.map(({ id, type, title }) => (
          <button key={id} type="button" className="link-button" onClick={() => go(recordIn(type, id))}>
            {titleOr(title, type)}
          </button>
        ))}
        {hidden > 0 && item.records.length > named.length && (
          <button type="button" className="link-button dim" onClick={() => setAll(true)}>
            {t('more', { count: hidden })}
          </button>
        )}
      </p>
    </section>
  );
}

/** Links to an item's areas of expertise. */
function Areas({ areas }: { areas: readonly string[] }) {
  const { t } = useTexts('insights');
  return (
    <section className={styles.records}>
      <p>
        {areas.map((area) => (
          <Button
            key={area}
            size="xs"
            variant="default"
            leftSection={<IconGridDots size={16} stroke={1.6} />}
            onClick={() => go(matrixOf({ content: 'expertise', area }))}
          >
            {areas.length === 1 ? t('inMatrix') : t('areaInMatrix', { area })}
          </Button>
        ))}
      </p>
    </section>
  );
}

interface Props {
  item: Insight;
  /** The progress of confidence and interventions; null when done. */
  pending: AnswerState['pending'];
  /** The item is from live, because it is no longer listed here. */
  isGone: boolean;
}

/** The evidence of an item: network, records, and interventions. */
export function Evidence({ item, pending, isGone }: Props) {
  return (
    <div className="column shrink shrink-y">
      <Picture item={item} />
      <div className={`shrink-y scroll-y small line-above ${styles.below}`}>
        {item.areas && <Areas areas={item.areas} />}
        <AgainstLive item={item} isGone={isGone} />
        {!isGone && <Repairs item={item} pending={pending} />}
        <Records item={item} />
      </div>
    </div>
  );
}
