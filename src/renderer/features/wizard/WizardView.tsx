import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMe, useReadOnly } from '../../stores/profile.ts';
import { useTabId } from '../../stores/tabs/store.ts';
import { Page } from '../../ui/Page.tsx';
import { changesOf } from './changes.ts';
import { createAll } from './create.ts';
import { wizardSteps } from './draft.ts';
import type { WizardStep } from './draft.ts';
import { problemsOf } from './problems.ts';
import { LinksStep } from './steps/LinksStep.tsx';
import { PeopleStep } from './steps/PeopleStep.tsx';
import { ReviewStep } from './steps/ReviewStep.tsx';
import { TeamsStep } from './steps/TeamsStep.tsx';
import { UniversityStep } from './steps/UniversityStep.tsx';
import { useWizardDraft } from './useDraft.ts';
import './wizard.css';

/** The keys go on where the eyes are: in the step that has just come. */
function focusFirst(body: HTMLDivElement | null): void {
  body?.querySelector<HTMLElement>('input, select, button')?.focus();
}

/** The steps by name; each can be gone to at any time. */
function Steps({ step, onStep }: { step: WizardStep; onStep: (step: WizardStep) => void }) {
  const { t } = useTranslation('wizard');
  return (
    <ol className="wizard-steps">
      {wizardSteps.map((one, index) => (
        <li key={one}>
          <button type="button" aria-current={one === step ? 'step' : undefined} onClick={() => onStep(one)}>
            <span className="wizard-number num" aria-hidden>
              {index + 1}
            </span>
            {t(`step.${one}`)}
          </button>
        </li>
      ))}
    </ol>
  );
}

/** A university with its teams, people and links, from nothing, as one step that can be undone. */
export default function WizardView() {
  const { t } = useTranslation('wizard');
  const store = useWizardDraft();
  const tab = useTabId();
  const me = useMe();
  const [creating, setCreating] = useState(false);
  const { draft, change, clear } = store;
  const { step } = draft;
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
      ? t('viewer')
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
        <div key={step} ref={focusFirst} className="wizard-body">
          {step === 'university' && <UniversityStep {...store} />}
          {step === 'teams' && <TeamsStep {...store} />}
          {step === 'people' && <PeopleStep {...store} />}
          {step === 'links' && <LinksStep {...store} />}
          {step === 'review' && <ReviewStep {...store} problems={problems} />}
        </div>
        {refusal !== null && <p className="wizard-refusal">{refusal}</p>}
        <div className="wizard-buttons">
          {before && (
            <Button
              variant="default"
              leftSection={<IconArrowLeft size={16} stroke={1.6} />}
              onClick={() => change({ step: before })}
            >
              {t('back')}
            </Button>
          )}
          {after ? (
            <Button
              rightSection={<IconArrowRight size={16} stroke={1.6} />}
              onClick={() => change({ step: after })}
            >
              {t('next', { step: t(`step.${after}`) })}
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
        </div>
      </div>
    </Page>
  );
}
