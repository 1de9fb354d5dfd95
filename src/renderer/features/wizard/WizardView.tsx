import { Button, Group } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { useTabId } from '../../stores/tabs/store.ts';
import { countedAll, fieldName } from '../../text/names.ts';
import { Page } from '../../ui/Page.tsx';
import { changesOf, countsOf, createAll, problemsOf } from './changes.ts';
import type { WizardProblem } from './changes.ts';
import { wizardSteps, useWizardDraft } from './draft.ts';
import { stepName } from './step-name.ts';
import type { WizardStep, WizardStore } from './draft.ts';
import { LinksStep, PeopleStep, TeamsStep, UniversityStep } from './steps.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './wizard.module.css';

/** The keys go on where the eyes are: in the step that has just come. */
const columns: Partial<Record<WizardProblem['key'], string>> = { size: 'size', terms: 'terms_remaining' };
const controls = 'input, select, button';

/** Focuses the field of a problem, by default the first field of the step. */
function focusField(body: HTMLDivElement, problem: WizardProblem | null): void {
  const line = problem && body.querySelectorAll('tbody tr')[problem.row - 1];
  const column = problem && columns[problem.key];
  const ofColumn =
    column && line
      ? [...line.querySelectorAll<HTMLElement>(controls)].find((one) =>
          one.getAttribute('aria-label')?.endsWith(`: ${fieldName(column)}`),
        )
      : null;
  const field = ofColumn ?? (line ?? body)?.querySelector<HTMLElement>(controls);
  field?.focus();
}

function Steps({ step, onStep }: { step: WizardStep; onStep: (step: WizardStep) => void }) {
  return (
    <ol className="flex wrap gap-4 line-below pb-8 wizard-steps">
      {wizardSteps.map((one, index) => (
        <li key={one}>
          <button type="button" aria-current={one === step ? 'step' : undefined} onClick={() => onStep(one)}>
            <span className={`centered tiny ${styles.number} num`} aria-hidden>
              {index + 1}
            </span>
            {stepName(one)}
          </button>
        </li>
      ))}
    </ol>
  );
}

interface ReviewProps extends Pick<WizardStore, 'draft'> {
  problems: readonly WizardProblem[];
  onGo: (problem: WizardProblem) => void;
}

function ReviewStep({ draft, problems, onGo }: ReviewProps) {
  const { t } = useTexts('wizard');
  const what = countedAll(countsOf(draft));
  return (
    <>
      <p>{what === '' ? t('review.nothing') : t('review.text')}</p>
      {what !== '' && <p className="large strong">{what}</p>}
      {problems.length > 0 && (
        <section className="small px-16 py-12 rounded on-warn" aria-label={t('sheets:done.left')}>
          <h2 className="small strong">{t('sheets:done.left')}</h2>
          <ul className="mt-4">
            {problems.map((problem) => {
              const { key, step, row, name } = problem;
              return (
                <li className="flex baseline gap-12 target" key={`${key} ${step} ${row}`}>
                  <span>{t(`problem.${key}`, { row, name, step: stepName(step) })}</span>
                  <LinkButton onClick={() => onGo(problem)}>{t('common:fix')}</LinkButton>
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </>
  );
}

export default function WizardView() {
  const { t } = useTexts('wizard');
  const store = useWizardDraft();
  const tab = useTabId();
  const me = useMe();
  const [creating, setCreating] = useState(false);
  const { draft, change, clear } = store;
  const { step } = draft;
  const sought = useRef<WizardProblem | null>(null);
  // Called with the body of each step on mount, and with null on unmount.
  const focusIn = useCallback((body: HTMLDivElement | null): void => {
    if (!body) return;
    focusField(body, sought.current);
    sought.current = null;
  }, []);
  const goTo = (problem: WizardProblem): void => {
    sought.current = problem;
    change({ step: problem.step });
  };
  const at = wizardSteps.indexOf(step);
  const [before, after] = [wizardSteps[at - 1], wizardSteps[at + 1]];
  const problems = problemsOf(draft);
  const nothing = changesOf(draft).length === 0;
  const create = async (): Promise<void> => {
    setCreating(true);
    if (await createAll(draft, tab)) clear();
    else setCreating(false);
  };
  const readOnly = useReadOnly();
  const role =
    me?.role === 'viewer'
      ? t('home:empty.viewer')
      : me?.role === 'editor' && draft.university.kind === 'new'
        ? t('editor')
        : null;
  const refusal = readOnly ?? role;
  return (
    <Page
      title={t('title')}
      width="form"
      actions={
        store.begun && (
          <Button variant="subtle" color="gray" onClick={clear}>
            {t('startOver')}
          </Button>
        )
      }
    >
      <div>
        <p className="dim">{t('intro')}</p>
        <Steps step={step} onStep={(next) => change({ step: next })} />
        <div key={step} ref={focusIn} className={`stack rows-start gap-12 ${styles.body}`}>
          {step === 'university' && <UniversityStep {...store} />}
          {step === 'teams' && <TeamsStep {...store} />}
          {step === 'people' && <PeopleStep {...store} />}
          {step === 'links' && <LinksStep {...store} />}
          {step === 'review' && <ReviewStep draft={draft} problems={problems} onGo={goTo} />}
        </div>
        {refusal !== null && <p className="warn mt-12">{refusal}</p>}
        <Group gap={8} mt={24}>
          {before && (
            <Button
              variant="default"
              leftSection={<IconArrowLeft size={16} stroke={1.6} />}
              onClick={() => change({ step: before })}
            >
              {say('commands:go.back')}
            </Button>
          )}
          {after ? (
            <Button
              rightSection={<IconArrowRight size={16} stroke={1.6} />}
              onClick={() => change({ step: after })}
            >
              {t('next', { step: stepName(after) })}
            </Button>
          ) : (
            <Button
              leftSection={<IconCheck size={16} stroke={1.8} />}
              loading={creating}
              disabled={problems.length > 0 || nothing || refusal !== null}
              onClick={() => void create()}
            >
              {t('review.create')}
            </Button>
          )}
        </Group>
      </div>
    </Page>
  );
}
