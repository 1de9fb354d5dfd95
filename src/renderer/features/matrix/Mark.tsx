import type { LossBand } from '#shared/domain/interfaces.ts';
import styles from './matrix.module.css';

/** The sign of a loss: a colour and a pattern of its own for each band; with the number of links where there are several. */
export function Mark({ band, count = 1 }: { band: LossBand; count?: number }) {
  return (
    <span className={`${styles.mark} ${styles[band]}`} aria-hidden>
      {count > 1 && <b>{count}</b>}
    </span>
  );
}
