import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { historyOf } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useCanChange } from '../../stores/profile.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { revertChange } from '../../stores/undo.ts';
import { reportError } from '../../ui/notices.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { stepDetail, stepSign, stepText } from './measures.ts';
import styles from './whatif.module.css';

const maxSteps = 200;

/** The steps of a scenario: the sandbox's own changes still in effect, oldest first. */
export function useSteps(sandbox: Sandbox | undefined) {
  const ownAfter = sandbox?.own_after ?? null;
  const { data, error, refetch } = useQuery(
    queryFor('history.list', { limit: maxSteps }, queryKeys.transactions({ limit: maxSteps }, 0)),
  );
  const isStep = ({ id, label, undoes, redoes, undone }: AuditTransaction): boolean =>
    ownAfter !== null &&
    id > ownAfter &&
    undoes === null &&
    redoes === null &&
    !undone &&
    label !== adoptedLabel;
  return { data: data?.rows.filter(isStep).toReversed(), error, refetch };
}

/** The label of the transaction in which a sandbox takes the name of live; it is no step. */
const adoptedLabel = 'sandbox.adopted';

const signs = { passes: '→', added: '+', changed: '~', removed: '−' } as const;

function Step({ step }: { step: AuditTransaction }) {
  const { t } = useTexts('whatif');
  const canChange = useCanChange();
  // The first changes have the names of records, or the old and new value of a single one.
  const { data } = useQuery({
    ...queryFor('history.changes', { id: step.id, limit: 20 }, [...queryKeys.changes(step.id, 0), 'first']),
    enabled: step.label !== 'students.advanced',
  });
  const sign = stepSign(step);
  const text = stepText(step);
  return (
    <li>
      <span className={`strong ${styles.sign} sign-${sign}`} aria-hidden>
        {signs[sign]}
      </span>
      <button
        type="button"
        className={`bare pad-0 breaks text-start ${styles.what}`}
        title={t('whatif:step.open')}
        onClick={() => navigate(historyOf({ open: step.op_id }))}
      >
        {text}
      </button>
      <span className={`${styles.detail} dim`}>{stepDetail(step, data?.rows)}</span>
      {canChange && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('commands:edit.undoNamed', { what: text })}
          onClick={() => void revertChange(step).catch(reportError)}
        >
          {t('common:undo')}
        </Button>
      )}
    </li>
  );
}

export function Steps({ query }: { query: ReturnType<typeof useSteps> }) {
  const { t } = useTexts('whatif');
  return (
    <section
      className={`shrink-y scroll-y small px-16 py-12 relative line-end ${styles.steps}`}
      aria-label={t('steps')}
    >
      <h2 className="mb-4">{t('steps')}</h2>
      <QueryView
        query={query}
        label={null}
        isEmpty={(steps) => steps.length === 0}
        empty={<p className="dim">{t('noSteps')}</p>}
      >
        {(steps) => (
          <ol className="column">
            {steps.map((step) => (
              <Step key={step.id} step={step} />
            ))}
          </ol>
        )}
      </QueryView>
    </section>
  );
}
