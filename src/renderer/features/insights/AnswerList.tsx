import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { aboutText } from './evidence-page.ts';
import { Ranking } from './Ranking.tsx';
import { confidenceText, reasonText, unknownText, valueText } from './sentences.ts';
import styles from './insights.module.css';

interface Props {
  answer: Answer;
  selected: number;
  onSelect: (at: number) => void;
}

function Item({ answer, item, at }: { answer: Answer; item: Insight; at: number }) {
  const value = valueText(answer, item);
  const sure = confidenceText(answer, item);
  const most = Math.max(...answer.items.map((one) => Math.abs(one.value)), Number.EPSILON);
  return (
    <>
      <span className={`${styles.rank} num`}>{at + 1}</span>
      <span className={styles.title}>
        <strong>{item.title}</strong> <span className="dim">{aboutText(item)}</span>
      </span>
      <span
        className={`${styles.value} num`}
        data-better={item.value < 0 || answer.question !== 'changes' ? undefined : ''}
      >
        {value}
      </span>
      {answer.question !== 'cohorts' && (
        <span className={styles.bar} aria-hidden>
          <span style={{ width: `${(100 * Math.abs(item.value)) / most}%` }} />
        </span>
      )}
      <span className={styles.reason}>{reasonText(item)}</span>
      {sure !== null && <span className={`${styles.sure} dim`}>{sure}</span>}
    </>
  );
}

/** The items of an answer, ranked. */
export function AnswerList({ answer, selected, onSelect }: Props) {
  const { t } = useTexts('insights');
  const { items, ranked } = answer;
  return (
    <Ranking
      label={t('ranking')}
      rows={items.map((item, at) => ({
        key: item.id ?? item.ids?.join() ?? at,
        content: <Item answer={answer} item={item} at={at} />,
      }))}
      selected={selected}
      onSelect={onSelect}
      foot={
        <>
          {ranked > items.length && t('shown', { shown: items.length, all: ranked })} {unknownText(answer)}
        </>
      }
    />
  );
}
