import type { ReactNode } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import styles from './matrix.module.css';

interface Props {
  /** The description of the pointed cell, or ''. */
  text: string;
  legend: string;
  marks: readonly { mark: ReactNode; text: string }[];
}

/** The description of the pointed cell, and the legend. */
export function Foot({ text, legend, marks }: Props) {
  const { t } = useTexts('matrix');
  return (
    <footer className="row wrap rigid gap-2-16 small line-above px-12 py-4 high-32">
      <span className={`${styles.pointed} cut ${text === '' ? 'dim' : ''}`} title={text}>
        {text || t('point')}
      </span>
      <ul className="flex wrap gap-2-12 tiny dim" aria-label={legend}>
        {marks.map((one) => (
          <li className="row gap-8 nowrap" key={one.text}>
            {one.mark}
            {one.text}
          </li>
        ))}
      </ul>
    </footer>
  );
}
