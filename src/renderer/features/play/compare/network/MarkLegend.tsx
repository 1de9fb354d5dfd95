import { useTranslation } from 'react-i18next';
import { counted } from '../../../../text/names.ts';
import { MarkForm } from './MarkForm.tsx';
import { countsOf } from './model.ts';
import type { Picture } from './model.ts';

/** What the marks mean, with how many of each there are. */
export function MarkLegend({ picture }: { picture: Picture }) {
  const { t } = useTranslation('compare');
  const others = picture.nodes.filter(({ found }) => !found).length;
  return (
    <ul className="diff-legend" aria-label={t('network.legend')}>
      {countsOf(picture).map(({ mark, nodes, links }) => (
        <li key={mark} className={`diff-${mark}`}>
          <svg width="44" height="24" aria-hidden>
            <line className="diff-line" x1="0" y1="12" x2="44" y2="12" />
            <MarkForm mark={mark} x={22} y={12} size={8} />
          </svg>
          <span>{t(`network.mark.${mark}`)}</span>
          <span className="dim num">
            {[
              nodes > 0 ? t('network.records', { count: nodes }) : '',
              links > 0 ? counted('interface', links) : '',
            ]
              .filter((part) => part !== '')
              .join(', ')}
          </span>
        </li>
      ))}
      {others > 0 && (
        <li className="dim">
          <svg width="44" height="24" aria-hidden>
            <circle className="diff-dot" cx="22" cy="12" r="4" />
          </svg>
          <span>{t('network.beside')}</span>
          <span className="num">{t('network.records', { count: others })}</span>
        </li>
      )}
    </ul>
  );
}
