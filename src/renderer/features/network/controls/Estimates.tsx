import { useTexts } from '../../../i18n/setup.ts';
import { estimatesOf } from '../measures.ts';
import type { Measured } from '../measures.ts';
import { lookFieldName } from './legend-parts.ts';

interface Props {
  measured: Measured;
  chosen: readonly string[];
}

/** Says of the chosen measures which are estimates, and how far off they may be. */
export function Estimates({ measured: { network }, chosen }: Props) {
  const { t } = useTexts('network');
  return estimatesOf(network, chosen).map(({ measure, sources, error }) => (
    <p key={measure} className="dim">
      {t('estimated', {
        measure: lookFieldName(measure),
        count: sources,
        error: Math.ceil(error * 1000) / 10,
      })}
    </p>
  ));
}
