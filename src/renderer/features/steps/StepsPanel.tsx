import { Button, Drawer } from '@mantine/core';
import type { HistoryStep } from '#shared/contract/history.ts';
import { useTexts } from '../../i18n/setup.ts';
import { describeTransaction } from '../../text/audit.ts';
import { When } from '../../ui/When.tsx';
import { useQuery } from '@tanstack/react-query';
import { historyOf } from '#shared/address/view.ts';
import { navigate } from '../../stores/address.ts';
import { queryFor } from '../../stores/queries.ts';
import { skippedSteps } from '../../stores/next-steps.ts';
import { takeStepsTo } from '../../stores/undo.ts';
import { QueryView } from '../../ui/QueryView.tsx';
import { showSteps, useSteps } from './state.ts';
import styles from './steps.module.css';

interface Props {
  step: HistoryStep;
  /** `undone`: can be redone; `undoable`: can be undone; `blocked`: neither, by this profile. */
  tone: 'undone' | 'undoable' | 'blocked';
  why?: string;
  /** The label of the button; no button without it. */
  action?: string;
  onRun?: () => void;
}

export function StepLine({ step, tone, why, action, onRun }: Props) {
  const description = describeTransaction(step.label, step.params);
  return (
    <li className={`row gap-12 small step step-${tone}`}>
      <div className="grow column">
        <span className={`breaks ${styles.stepWhat}`}>{description}</span>
        <span className="tiny faint">
          <When at={step.created_at} />
          {why !== undefined && ` · ${why}`}
        </span>
      </div>
      {action !== undefined && (
        <Button size="xs" aria-label={`${action}: ${description}`} onClick={onRun}>
          {action}
        </Button>
      )}
    </li>
  );
}

const maxSteps = 40;

export default function StepsPanel() {
  const { t } = useTexts('steps');
  const opened = useSteps((state) => state.opened);
  const query = useQuery({
    ...queryFor('history.steps', { limit: maxSteps, skip: skippedSteps() }),
    enabled: opened,
  });
  const { data } = query;
  const undoable = data?.undo.filter(({ blocked }) => blocked === null) ?? [];
  const undoCount = (step: HistoryStep): number => undoable.findIndex(({ id }) => id === step.id) + 1;
  return (
    <Drawer
      opened={opened}
      onClose={() => showSteps(false)}
      position="right"
      size={420}
      title={t('title')}
      overlayProps={{ backgroundOpacity: 0.18, blur: 0 }}
      closeButtonProps={{ 'aria-label': t('common:close') }}
      className="steps"
    >
      <QueryView
        query={query}
        label={null}
        isEmpty={({ redo, undo }) => redo.length === 0 && undo.every(({ blocked }) => blocked === 'others')}
        empty={<p className={styles.empty}>{t('empty')}</p>}
      >
        {({ redo, undo, more }) => (
          <>
            <p className={styles.intro}>{t('intro')}</p>
            <ol aria-label={t('history:list')}>
              {redo.toReversed().map((step, index) => (
                <StepLine
                  key={step.id}
                  step={step}
                  why={t('history:undone')}
                  tone="undone"
                  action={t('redoTo', { count: redo.length - index })}
                  onRun={() => void takeStepsTo('redo', step.op_id)}
                />
              ))}
              <li className={`row gap-8 tiny strong accent py-8 ${styles.now}`} aria-current="step">
                <span>{t(undoable.length > 0 ? 'now' : 'nowNothing')}</span>
              </li>
              {undo.map((step) =>
                step.blocked === null ? (
                  <StepLine
                    key={step.id}
                    step={step}
                    tone="undoable"
                    action={t('undoTo', { count: undoCount(step) })}
                    onRun={() => void takeStepsTo('undo', step.op_id)}
                  />
                ) : (
                  <StepLine
                    key={step.id}
                    step={step}
                    tone="blocked"
                    why={t(step.blocked, { who: step.actor.name })}
                  />
                ),
              )}
            </ol>
            <footer className="row apart gap-12 tiny pt-12">
              {more && <span className="dim">{t('more')}</span>}
              <Button
                variant="subtle"
                size="xs"
                onClick={() => {
                  showSteps(false);
                  navigate(historyOf());
                }}
              >
                {t('openHistory')}
              </Button>
            </footer>
          </>
        )}
      </QueryView>
    </Drawer>
  );
}
