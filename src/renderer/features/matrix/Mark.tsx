import type { LossBand } from '#shared/domain/interfaces.ts';
import styles from './matrix.module.css';

/** The mark of a loss band by colour and pattern; with a number for several links. */
export function Mark({ band, count = 1 }: { band: LossBand; count?: number }) {
  return (
    <span className={`centered rigid ${styles.mark} ${styles[band]}`} aria-hidden>
      {count > 1 && <b className="tiny strong on-bg">{count}</b>}
    </span>
  );
}
