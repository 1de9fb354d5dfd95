import { lossBand } from '#shared/domain/interfaces.ts';
import { useTexts } from '../i18n/setup.ts';
import { numberText } from '../text/values.ts';

/** Line patterns: strong solid and thick, moderate solid, weak dashed, fragile dotted; unknown thin and grey. */
const linePatterns = {
  strong: { width: 3, dash: undefined },
  moderate: { width: 2, dash: undefined },
  weak: { width: 2, dash: '6 3' },
  fragile: { width: 3, dash: '3 3' },
  unknown: { width: 1, dash: '2 4' },
} as const;

/** The loss of a link in per cent: a line with the colour and pattern of its band, and the number. */
export function Loss({ value, withoutNumber = false }: { value: unknown; withoutNumber?: boolean }) {
  const { t } = useTexts('records');
  const band = lossBand(value);
  const { width, dash } = linePatterns[band];
  return (
    <span className={`loss loss-${band}`} title={t(`loss.${band}`)}>
      <svg width="34" height="8" aria-hidden>
        <line x1="0" y1="4" x2="34" y2="4" strokeWidth={width} strokeDasharray={dash} />
      </svg>
      {!withoutNumber && (
        <span className="num">{typeof value === 'number' ? `${numberText(value)} %` : '–'}</span>
      )}
    </span>
  );
}
