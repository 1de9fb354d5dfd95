import type { RiskBand } from '#shared/contract/factors.ts';
import { useTexts } from '../../../i18n/setup.ts';
import styles from './models.module.css';

const levels: Readonly<Record<RiskBand, number>> = { low: 1, moderate: 2, high: 3, critical: 4 };

/** The band of a total: filled bars by level, and its name. */
export function Band({ band, bare = false }: { band: RiskBand; bare?: boolean }) {
  const { t } = useTexts('models');
  return (
    <span className={`baseline gap-4 tiny medium nowrap inline-flex ${styles.band}`} data-band={band}>
      <svg width="16" height="12" aria-hidden>
        {[1, 2, 3, 4].map((level) => (
          <rect
            key={level}
            x={(level - 1) * 4}
            y={12 - level * 3}
            width="3"
            height={level * 3}
            fillOpacity={level <= levels[band] ? 1 : 0.25}
          />
        ))}
      </svg>
      {!bare && t(`band.${band}`)}
    </span>
  );
}
