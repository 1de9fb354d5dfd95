import { Button, Group } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useCallback, useRef, useState } from 'react';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe, useReadOnlyReason } from '../../stores/profile.ts';
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

const fieldByProblem: Partial<Record<WizardProblem['key'], string>> = {
  size: 'size',
  terms: 'terms_remaining',
};
const controlSelector = 'input, select, button';

/** Focuses the field of a problem, by default the first field of the step. */
function focusField(body: HTMLDivElement, problem: WizardProblem | null): void {
  const line = problem && body.querySelectorAll('tbody tr')[problem.row - 1];
  const column = problem && fieldByProblem[problem.key];
  const columnControl =
    column && line
      ? [...line.querySelectorAll<HTMLElement>(controlSelector)].find((control) =>
          control.getAttribute('aria-label')?.endsWith(`: ${fieldName(column)}`),
        )
      : null;
  const field = columnControl ?? (line ?? body)?.querySelector<HTMLElement>(controlSelector);
  field?.focus();
}

function StepList({ step, onStep }: { step: WizardStep; onStep: (step: WizardStep) => void }) {
  return (
    <ol className="flex wrap gap-4 line-below pb-8 wizard-steps">
      {wizardSteps.map((listedStep, index) => (
        <li key={listedStep}>
          <button
            type="button"
            aria-current={listedStep === step ? 'step' : undefined}
            onClick={() => onStep(listedStep)}
          >
            <span className={`centered tiny ${styles.number} num`} aria-hidden>
              {index + 1}
            </span>
            {stepName(listedStep)}
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
  const countsText = countedAll(countsOf(draft));
  return (
    <>
      <p>{countsText === '' ? t('review.nothing') : t('review.text')}</p>
      {countsText !== '' && <p className="large strong">{countsText}</p>}
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
  const [isCreating, setIsCreating] = useState(false);
  const { draft, change, clear } = store;
  const { step } = draft;
  const problemToFocus = useRef<WizardProblem | null>(null);
  // Called with the body of each step on mount, and with null on unmount.
  const focusStep = useCallback((body: HTMLDivElement | null): void => {
    if (!body) return;
    focusField(body, problemToFocus.current);
    problemToFocus.current = null;
  }, []);
  const goTo = (problem: WizardProblem): void => {
    problemToFocus.current = problem;
    change({ step: problem.step });
  };
  const stepIndex = wizardSteps.indexOf(step);
  const [previousStep, nextStep] = [wizardSteps[stepIndex - 1], wizardSteps[stepIndex + 1]];
  const problems = problemsOf(draft);
  const isEmpty = changesOf(draft).length === 0;
  const create = async (): Promise<void> => {
    setIsCreating(true);
    if (await createAll(draft, tab)) clear();
    else setIsCreating(false);
  };
  const readOnlyReason = useReadOnlyReason();
  const roleRefusal = (): string | null => {
    if (me?.role === 'viewer') return t('home:empty.viewer');
    return me?.role === 'editor' && draft.university.kind === 'new' ? t('editor') : null;
  };
  const refusal = readOnlyReason ?? roleRefusal();
  return (
    <Page
      title={t('title')}
      width="form"
      actions={
        store.isStarted && (
          <Button variant="subtle" color="gray" onClick={clear}>
            {t('startOver')}
          </Button>
        )
      }
    >
      <div>
        <p className="dim">{t('intro')}</p>
        <StepList step={step} onStep={(next) => change({ step: next })} />
        <div key={step} ref={focusStep} className={`stack rows-start gap-12 ${styles.body}`}>
          {step === 'university' && <UniversityStep {...store} />}
          {step === 'teams' && <TeamsStep {...store} />}
          {step === 'people' && <PeopleStep {...store} />}
          {step === 'links' && <LinksStep {...store} />}
          {step === 'review' && <ReviewStep draft={draft} problems={problems} onGo={goTo} />}
        </div>
        {refusal !== null && <p className="warn mt-12">{refusal}</p>}
        <Group gap={8} mt={24}>
          {previousStep && (
            <Button
              leftSection={<IconArrowLeft size={16} stroke={1.6} />}
              onClick={() => change({ step: previousStep })}
            >
              {say('commands:go.back')}
            </Button>
          )}
          {nextStep ? (
            <Button
              variant="filled"
              rightSection={<IconArrowRight size={16} stroke={1.6} />}
              onClick={() => change({ step: nextStep })}
            >
              {t('next', { step: stepName(nextStep) })}
            </Button>
          ) : (
            <Button
              variant="filled"
              leftSection={<IconCheck size={16} stroke={1.8} />}
              loading={isCreating}
              disabled={problems.length > 0 || isEmpty || refusal !== null}
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
