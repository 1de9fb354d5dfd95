import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { aboutText } from './evidence-page.ts';
import { Ranking } from './Ranking.tsx';
import { confidenceText, reasonText, titleText, unknownText, valueText } from './sentences.ts';
import styles from './insights.module.css';

interface Props {
  answer: Answer;
  selected: number;
  onSelect: (at: number) => void;
  /** Confidence is being computed. */
  isPending: boolean;
}

function Item({
  answer,
  item,
  at,
  isPending,
}: {
  answer: Answer;
  item: Insight;
  at: number;
  isPending: boolean;
}) {
  const { t } = useTexts('insights');
  const value = valueText(item);
  const sure = confidenceText(answer, item) ?? (isPending ? t('checking') : null);
  const most = Math.max(...answer.items.map((one) => Math.abs(one.value)), Number.EPSILON);
  return (
    <>
      <span className="faint num">{at + 1}</span>
      <span className={`breaks ${styles.title}`}>
        <strong>{titleText(item)}</strong> <span className="dim">{aboutText(item)}</span>
      </span>
      <span
        className={`normal strong bad ${styles.value} num`}
        data-better={isBetter(answer, item) ? '' : undefined}
      >
        {value}
      </span>
      <span className={styles.bar} aria-hidden>
        <span style={{ width: `${(100 * Math.abs(item.value)) / most}%` }} />
      </span>
      <span className={`dim ${styles.reason}`}>{reasonText(item)}</span>
      {sure !== null && <span className={`tiny ${styles.sure} dim`}>{sure}</span>}
    </>
  );
}

/** A possible gain, or an improvement. */
const isBetter = ({ question }: Answer, { value }: Insight): boolean =>
  question === 'weak' || (question === 'changes' && value >= 0);

/** The ranked items of an answer. */
export function AnswerList({ answer, selected, onSelect, isPending }: Props) {
  const { t } = useTexts('insights');
  const { items, ranked } = answer;
  return (
    <Ranking
      label={t('ranking')}
      rows={items.map((item, at) => ({
        key: `${item.id ?? item.ids?.join() ?? ''} ${reasonText(item)}`,
        content: <Item answer={answer} item={item} at={at} isPending={isPending} />,
      }))}
      selected={selected}
      onSelect={onSelect}
      foot={
        <>
          {ranked > items.length && t('shown', { shown: items.length, all: ranked })} {unknownText(answer)}{' '}
          {answer.runs > 0 && t('tests')}
        </>
      }
    />
  );
}
