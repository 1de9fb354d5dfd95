import type { LossBand } from '#shared/domain/interfaces.ts';
import { useTexts } from '../../i18n/setup.ts';
import { StageFoot } from '../../ui/stage/StageFoot.tsx';
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
  const shapes = [
    { sign: { shape: byType.project, token: 'accent' }, text: t('nucleus') },
    { sign: { shape: byType.faculty, token: 'node-plain' }, text: t('faculty') },
  ];
  const bonds = losses.map((band) => ({
    sign: { line: lines[band] },
    text: t(`network:legend.line.${band}`),
  }));
  const entries = [...shapes, ...bonds].map(({ sign, text }) => ({ mark: <LegendIcon sign={sign} />, text }));
  return <StageFoot text={pointed} hint={t('point')} legend={t('network:legend.title')} entries={entries} />;
}
