import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { subtitleText } from './evidence-page.ts';
import { Ranking } from './Ranking.tsx';
import { caveatText, confidenceText, reasonText, titleText, valueText } from './sentences.ts';
import { StressTestNote } from './StressTestNote.tsx';
import { maxRankedItems } from './useAnswer.ts';
import styles from './insights.module.css';

interface Props {
  answer: Answer;
  selectedIndex: number;
  onSelect: (index: number) => void;
  onShowMore: () => void;
  isPending: boolean;
}

interface ItemProps {
  answer: Answer;
  item: Insight;
  index: number;
  isPending: boolean;
}

function Item({ answer, item, index, isPending }: ItemProps) {
  const { t } = useTexts('insights');
  const value = valueText(item);
  const confidence = confidenceText(answer, item) ?? (isPending ? t('checking') : null);
  // A share of the files of an area is of a whole; other values are compared with the largest.
  const fullValue =
    answer.question === 'code'
      ? 1
      : Math.max(...answer.items.map((other) => Math.abs(other.value)), Number.EPSILON);
  return (
    <>
      <span className="faint num">{item.beyond ? '–' : index + 1}</span>
      <span className={`breaks ${styles.title}`}>
        <strong>{titleText(item)}</strong> <span className="dim">{subtitleText(item)}</span>
        {item.about !== undefined && (
          <span className="full dim cut" title={item.about}>
            {item.about}
          </span>
        )}
      </span>
      <span
        className={`normal strong bad ${styles.value} num`}
        data-better={isBetter(answer, item) ? '' : undefined}
      >
        {value}
      </span>
      <span className={styles.bar} aria-hidden>
        <span style={{ width: `${(100 * Math.abs(item.value)) / fullValue}%` }} />
      </span>
      <span className={`dim ${styles.reason}`}>{reasonText(item)}</span>
      {confidence !== null && <span className={`tiny ${styles.sure} dim`}>{confidence}</span>}
    </>
  );
}

/** Whether a value is good news: a possible gain, or an improvement. */
const isBetter = ({ question }: Answer, { value }: Insight): boolean =>
  question === 'weak' || (question === 'changes' && value >= 0);

/** Whether a longer list can be requested. */
function hasMore({ items, ranked }: Answer): boolean {
  const listedCount = items.filter(({ beyond }) => beyond !== true).length;
  return listedCount < Math.min(ranked, maxRankedItems);
}

/** The items of an answer, and below them how many are left out and what the stress tests assume. */
export function AnswerList({ answer, selectedIndex, onSelect, onShowMore, isPending }: Props) {
  const { t } = useTexts('insights');
  const { items, ranked } = answer;
  return (
    <Ranking
      label={t('ranking')}
      rows={items.map((item, index) => ({
        key: `${item.id ?? item.ids?.join() ?? ''} ${reasonText(item)}`,
        content: <Item answer={answer} item={item} index={index} isPending={isPending} />,
      }))}
      selectedIndex={selectedIndex}
      onSelect={onSelect}
      foot={
        <>
          {items.some(({ beyond }) => beyond) && <>{t('beyond')} </>}
          {ranked > items.length && `${t('shown', { shown: items.length, all: ranked })}.`}{' '}
          {hasMore(answer) && (
            <>
              <LinkButton className="accent" onClick={onShowMore}>
                {t('showMore')}
              </LinkButton>{' '}
            </>
          )}
          {caveatText(answer)} <StressTestNote answer={answer} />
        </>
      }
    />
  );
}
