import { useRef } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { aboutText } from './evidence-page.ts';
import { confidenceText, reasonText, unknownText, valueText } from './words.ts';
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

/** The ranking. Arrow keys move between the items; the one that is chosen is shown beside it. */
export function AnswerList({ answer, selected, onSelect }: Props) {
  const { t } = useTranslation('insights');
  const list = useRef<HTMLOListElement>(null);
  const unknown = unknownText(answer);
  const { items, ranked } = answer;
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = {
      ArrowDown: selected + 1,
      ArrowUp: selected - 1,
      Home: 0,
      End: items.length - 1,
    }[event.key];
    if (next === undefined || next < 0 || next >= items.length) return;
    event.preventDefault();
    onSelect(next);
    list.current?.querySelectorAll('button')[next]?.focus();
  };
  return (
    <section className={styles.list} aria-label={t('ranking')}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- keys of the buttons in it */}
      <ol ref={list} onKeyDown={onKeyDown}>
        {items.map((item, at) => (
          <li key={item.id ?? item.ids?.join() ?? at}>
            <button
              type="button"
              aria-pressed={at === selected}
              tabIndex={at === selected ? 0 : -1}
              onClick={() => onSelect(at)}
            >
              <Item answer={answer} item={item} at={at} />
            </button>
          </li>
        ))}
      </ol>
      <p className={`dim ${styles.foot}`}>
        {ranked > items.length && t('shown', { shown: items.length, all: ranked })} {unknown}
      </p>
    </section>
  );
}
