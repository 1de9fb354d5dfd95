import { useTexts } from '../../../i18n/setup.ts';
import { estimatesOf } from '../measures.ts';
import type { Measured } from '../measures.ts';
import { lookFieldName } from './legend-parts.ts';

interface Props {
  measured: Measured;
  chosen: readonly string[];
}

/** Names the chosen measures that are estimates, with their errors. */
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
