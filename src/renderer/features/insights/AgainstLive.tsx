import type { InsightsView } from '#shared/address/view.ts';
import type { Answer, Insight } from '#shared/contract/analysis.ts';
import { useTexts } from '../../i18n/setup.ts';
import { useView } from '../../stores/address.ts';
import { inPlay } from '../../stores/target.ts';
import { percentText, titleText } from './sentences.ts';
import { mostLive, subjectOf, useLiveAnswer } from './useAnswer.ts';

/** The value of an item in live; null if it was not requested, 0 if it is not listed. */
export function liveValue({ items }: Pick<Answer, 'items'>, item: Insight): number | null {
  const subject = subjectOf(item);
  return items.find((one) => subjectOf(one) === subject)?.value ?? (items.length < mostLive ? 0 : null);
}

/** In a sandbox: the value in live, and here. `isGone`: no longer listed here. */
export function AgainstLive({ item, isGone }: { item: Insight; isGone: boolean }) {
  const { t } = useTexts('insights');
  const { data } = useLiveAnswer(useView() as InsightsView);
  if (!inPlay() || item.because.code.startsWith('set')) return null;
  const value = data && liveValue(data, item);
  const live = value === null ? t('against.unranked', { count: mostLive }) : percentText(value ?? 0);
  return (
    <section>
      <h2>{t('against.title')}</h2>
      <p className="num">
        {value === undefined
          ? t('against.reading')
          : isGone
            ? t('against.gone', { live, title: titleText(item) })
            : t('against.values', { live, here: percentText(item.value) })}
      </p>
    </section>
  );
}
