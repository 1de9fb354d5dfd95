import { NumberInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { undoAction } from '../../stores/undo.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { PlanForm } from '../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../ui/PlanPreview.tsx';
import { useChangeScope } from '../../ui/useUniversityChoice.tsx';

export function askToAdvance(): void {
  openDialog({ title: say('grid:terms.title'), size: 520 }, (close) => <AdvanceForm onDone={close} />);
}

const maxTerms = 12;

function AdvanceForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('grid');
  const [terms, setTerms] = useState(1);
  const { university, field: universityField } = useChangeScope();
  const input = { terms, university };
  return (
    <PlanForm
      input={input}
      start={(step, options) => api.entities.advanceTerms({ ...input, ...step }, options)}
      onApplied={({ op_id, graduates, ...changeCounts }) => {
        onDone();
        notice({
          ...undoAction(op_id),
          title: t('grid:terms.done', { count: countChanges(changeCounts), graduates }),
        });
      }}
      blocked={(plan) => countChanges(plan) === 0}
      saveLabel={t('grid:terms.button')}
      runningLabel={t('grid:terms.title')}
      onCancel={onDone}
    >
      {(plan) => (
        <>
          <p>{t('grid:terms.what')}</p>
          <NumberInput
            label={t('grid:terms.terms')}
            min={1}
            max={maxTerms}
            allowDecimal={false}
            clampBehavior="strict"
            value={terms}
            onChange={(value) => setTerms(typeof value === 'number' && value >= 1 ? value : 1)}
          />
          {universityField}
          <PlanPreview plan={plan}>
            {plan.graduates > 0 && <li>{t('grid:terms.graduates', { count: plan.graduates })}</li>}
            {plan.unknown > 0 && <li className="dim">{t('grid:terms.unknown', { count: plan.unknown })}</li>}
          </PlanPreview>
          {countChanges(plan) === 0 && <p>{t('grid:terms.nothing')}</p>}
        </>
      )}
    </PlanForm>
  );
}
