import { NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { awaitResult } from '../../api/stream.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { useMe } from '../../stores/profile.ts';
import { undoAction } from '../../stores/undo.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { notice } from '../../ui/notices.tsx';
import { PlanForm } from '../../ui/PlanForm.tsx';
import { countChanges, PlanPreview } from '../../ui/PlanPreview.tsx';

export function askToAdvance(): void {
  openDialog({ title: say('grid:terms.title'), size: 520 }, (close) => <AdvanceForm onDone={close} />);
}

const maxTerms = 12;
const allUniversities = '';

function AdvanceForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('grid');
  const me = useMe();
  const names = useUniversityNames();
  const canChooseAll = me?.role === 'admin' || me?.role === 'researcher';
  const [terms, setTerms] = useState(1);
  const [university, setUniversity] = useState(
    canChooseAll ? allUniversities : (me?.university_id ?? allUniversities),
  );
  const input = { terms, university: university === allUniversities ? null : university };
  return (
    <PlanForm
      input={input}
      preview={(onProgress, signal) =>
        awaitResult(api.entities.advanceTerms({ ...input, dry: true }, { signal }), onProgress, signal)
      }
      apply={async ({ head }, onProgress, signal) => {
        const call = api.entities.advanceTerms({ ...input, seen: head }, { signal });
        const { op_id, graduates, ...changeCounts } = await awaitResult(call, onProgress, signal);
        onDone();
        notice({
          ...undoAction(op_id),
          title: t('grid:terms.done', { count: countChanges(changeCounts), graduates }),
        });
      }}
      blocked={(plan) => countChanges(plan) === 0}
      button={t('grid:terms.button')}
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
          <Select
            label={t('records:field.university_id')}
            data={[
              { value: allUniversities, label: t('grid:all.university') },
              ...[...names].map(([value, label]) => ({ value, label })),
            ]}
            value={university}
            onChange={(value) => setUniversity(value ?? allUniversities)}
          />
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
