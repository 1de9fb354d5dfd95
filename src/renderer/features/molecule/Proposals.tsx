import { Button } from '@mantine/core';
import { useTexts } from '../../i18n/setup.ts';
import type { PendingProposals } from './usePending.ts';
import { proposalText } from './labels.ts';
import styles from './molecule.module.css';

/** The proposals from moving nodes, to accept or reject. */
export function Proposals({ pending, accept, refuse }: PendingProposals) {
  const { t } = useTexts('molecule');
  return (
    pending.length > 0 && (
      <section
        className={`scroll small pad-12 on-panel rounded ${styles.proposals}`}
        aria-label={t('proposals')}
        aria-live="polite"
      >
        <h2 className="small mb-8">{t('proposals')}</h2>
        <ul className="column gap-8">
          {pending.map((one) => (
            <li className="row wrap gap-8" key={`${one.proposal.kind} ${one.proposal.id}`}>
              <span>{proposalText(one.proposal)}</span>
              <Button size="compact-sm" onClick={() => void accept(one)}>
                {t('accept')}
              </Button>
              <Button size="compact-sm" variant="default" onClick={() => refuse(one)}>
                {t('refuse')}
              </Button>
            </li>
          ))}
        </ul>
      </section>
    )
  );
}
