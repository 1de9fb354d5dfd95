import type { LossBand } from '#shared/domain/interfaces.ts';
import { useTexts } from '../../i18n/setup.ts';
import { LegendIcon } from '../network/controls/Legend.tsx';
import { lines } from '../network/look/links.ts';
import { byType } from '../network/look/shapes.ts';
import type { NetNode } from '../network/model/model.ts';
import { useDecomposition } from './useMolecule.ts';
import { lossText } from './labels.ts';
import styles from './molecule.module.css';

export const losses: readonly LossBand[] = ['strong', 'moderate', 'weak', 'fragile', 'unknown'];

export function LossWithoutRecord({ node }: { node: NetNode }) {
  const share = useDecomposition(node.id);
  return (
    <output className={`small px-12 py-8 on-panel rounded ${styles.without}`}>{lossText(node, share)}</output>
  );
}

/** The description of the pointed element, and the legend. */
export function Foot({ pointed }: { pointed: string }) {
  const { t } = useTexts('molecule');
  return (
    <footer className="row wrap rigid gap-2-16 small line-above px-12 py-4 high-32">
      <span className={`${styles.pointed} cut`} title={pointed}>
        {pointed === '' ? <span className="dim">{t('point')}</span> : pointed}
      </span>
      <ul className="flex wrap gap-2-12 tiny dim" aria-label={t('network:legend.title')}>
        <li className="row gap-4 nowrap">
          <LegendIcon sign={{ shape: byType.project, token: 'accent' }} />
          {t('nucleus')}
        </li>
        <li className="row gap-4 nowrap">
          <LegendIcon sign={{ shape: byType.faculty, token: 'node-plain' }} />
          {t('faculty')}
        </li>
        {losses.map((one) => (
          <li className="row gap-4 nowrap" key={one}>
            <LegendIcon sign={{ line: lines[one] }} />
            {t(`network:legend.line.${one}`)}
          </li>
        ))}
      </ul>
    </footer>
  );
}
