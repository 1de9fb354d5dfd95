import type { InsightsView } from '#shared/address/view.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useView } from '../../stores/address.ts';
import { inPlay } from '../../stores/target.ts';
import { percentText } from './sentences.ts';
import { mostLive, useLiveAnswer } from './useAnswer.ts';

/** What an answer is about, whoever else it names. */
const subjectOf = ({ id, ids, because: { params } }: Insight): string =>
  [id ?? ids?.toSorted().join(), params['area'] ?? ''].join(' ');

/** The value of an item in live; null where it is not among those that were asked for. One that is not listed at all has none. */
export function liveValue({ items }: Pick<Answer, 'items'>, item: Insight): number | null {
  const subject = subjectOf(item);
  return items.find((one) => subjectOf(one) === subject)?.value ?? (items.length < mostLive ? 0 : null);
}

/** In a sandbox: the value of an item in live, and here. */
export function AgainstLive({ item }: { item: Insight }) {
  const { t } = useTexts('insights');
  const { data } = useLiveAnswer(useView() as InsightsView);
  if (!inPlay() || item.because.code.startsWith('set')) return null;
  const value = data && liveValue(data, item);
  return (
    <section>
      <h2>{t('against.title')}</h2>
      <p className="num">
        {value === undefined
          ? t('against.reading')
          : t('against.values', {
              live: value === null ? t('against.unranked', { count: mostLive }) : percentText(value),
              here: percentText(item.value),
            })}
      </p>
    </section>
  );
}
