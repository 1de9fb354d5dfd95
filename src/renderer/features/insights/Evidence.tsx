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

/** Ways to the areas of expertise that an item is about. */
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
  /** How far confidence and repairs are; null once they are there. */
  pending: AnswerState['pending'];
  /** The item is that of live: it is not listed here any more. */
  isGone: boolean;
}

/** The evidence for one item: the network, the records, and what can be done. */
export function Evidence({ item, pending, isGone }: Props) {
  return (
    <div className={styles.evidence}>
      <Picture item={item} />
      <div className={styles.below}>
        {item.areas && <Areas areas={item.areas} />}
        <AgainstLive item={item} isGone={isGone} />
        {!isGone && <Repairs item={item} pending={pending} />}
        <Records item={item} />
      </div>
    </div>
  );
}
