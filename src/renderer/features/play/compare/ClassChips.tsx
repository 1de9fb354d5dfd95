import type { Comparison } from '#shared/contract/compare.ts';
import { useTexts } from '../../../i18n/setup.ts';

/** Filter of a comparison: all changes of Play, those to decide, or those only of live. */
export type Shown = 'carried' | 'conflict' | 'live';

interface Props {
  counts: Comparison['counts'];
  shown: Shown;
  onShown: (shown: Shown) => void;
}

/** The number of differing records by who changed them; each is a filter. */
export function ClassChips({ counts, shown, onShown }: Props) {
  const { t } = useTexts('compare');
  const of = {
    carried: (counts.play ?? 0) + (counts.both ?? 0) + (counts.conflict ?? 0),
    conflict: counts.conflict ?? 0,
    live: counts.live ?? 0,
  };
  return (
    <fieldset className="flex wrap gap-8 compare-chips" aria-label={t('narrow')}>
      {(['carried', 'conflict', 'live'] as const).map((one) => (
        <button
          key={one}
          type="button"
          className={`dim px-12 pointer compare-chip compare-chip-${one}`}
          aria-pressed={shown === one}
          onClick={() => onShown(one)}
        >
          {t(`chip.${one}`, { count: of[one] })}
        </button>
      ))}
    </fieldset>
  );
}
