import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { AuditTransaction } from '#shared/contract/history.ts';
import { historyOf } from '#shared/address/view.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useMayChange } from '../../stores/profile.ts';
import { queryKeys, queryFor } from '../../stores/queries.ts';
import { undoOne } from '../../stores/undo.ts';
import { reportError } from '../../ui/notices.tsx';
import { QueryView } from '../../ui/QueryView.tsx';
import { stepDetail, stepSign, stepText } from './measures.ts';
import styles from './whatif.module.css';

const limit = 200;

/** The steps of a scenario: the sandbox's own changes still in effect, oldest first. */
export function useSteps(sandbox: Sandbox | undefined) {
  const after = sandbox?.own_after ?? null;
  const { data, error, refetch } = useQuery(
    queryFor('history.list', { limit }, queryKeys.transactions({ limit }, 0)),
  );
  const isStep = ({ id, label, undoes, redoes, undone }: AuditTransaction): boolean =>
    after !== null && id > after && undoes === null && redoes === null && !undone && label !== adopted;
  return { data: data?.rows.filter(isStep).toReversed(), error, refetch };
}

/** The sandbox's own name, which changes no record. */
const adopted = 'sandbox.adopted';

const signs = { passes: '→', added: '+', changed: '~', removed: '−' } as const;

function Step({ step }: { step: AuditTransaction }) {
  const { t } = useTexts('whatif');
  const mayChange = useMayChange();
  // Names the first records, or the old and new value of a single one.
  const { data } = useQuery({
    ...queryFor('history.changes', { id: step.id, limit: 20 }, [...queryKeys.changes(step.id, 0), 'first']),
    enabled: step.label !== 'students.advanced',
  });
  const sign = stepSign(step);
  const what = stepText(step);
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
        {what}
      </button>
      <span className={`${styles.detail} dim`}>{stepDetail(step, data?.rows)}</span>
      {mayChange && (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('commands:edit.undoNamed', { what })}
          onClick={() => void undoOne(step).catch(reportError)}
        >
          {t('common:undo')}
        </Button>
      )}
    </li>
  );
}

export function Steps({ state }: { state: ReturnType<typeof useSteps> }) {
  const { t } = useTexts('whatif');
  return (
    <section
      className={`shrink-y scroll-y small px-16 py-12 relative line-end ${styles.steps}`}
      aria-label={t('steps')}
    >
      <h2 className="mb-4">{t('steps')}</h2>
      <QueryView
        query={state}
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
