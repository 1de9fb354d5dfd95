import { Select } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../../api/client.ts';
import { follow } from '../../../api/stream.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { useMe } from '../../../stores/profile.ts';
import { undoable } from '../../../stores/undo.ts';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { openDialog } from '../../../ui/dialog.tsx';
import { notice } from '../../../ui/notices.tsx';
import { PlanForm } from '../../../ui/PlanForm.tsx';
import { countOf, PlanPreview } from '../../../ui/PlanPreview.tsx';

/** Previews the rating of links by their bonds, and applies it. */
export function askToRate(): void {
  openDialog({ title: say('models:rating.title'), size: 520 }, (close) => <RateForm onDone={close} />);
}

const every = '';

function RateForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('models');
  const me = useMe();
  const names = useUniversityNames();
  const mayAll = me?.role === 'admin' || me?.role === 'researcher';
  const [university, setUniversity] = useState(mayAll ? every : (me?.university_id ?? every));
  const chosen = { university: university === every ? null : university };
  return (
    <PlanForm
      chosen={chosen}
      preview={(onProgress, signal) =>
        follow(api.analysis.rateByBonds({ ...chosen, dry: true }, { signal }), onProgress, signal)
      }
      apply={async ({ head }, onProgress, signal) => {
        const call = api.analysis.rateByBonds({ ...chosen, seen: head }, { signal });
        const { op_id, ...done } = await follow(call, onProgress, signal);
        onDone();
        notice({ ...undoable(op_id), title: t('rating.done', { count: countOf(done) }) });
      }}
      blocked={(plan) => countOf(plan) === 0}
      button={t('rating.button')}
      label={t('rating.title')}
      onCancel={onDone}
    >
      {(plan) => (
        <>
          <p>{t('rating.what')}</p>
          <Select
            label={t('records:one.university')}
            allowDeselect={false}
            value={university}
            data={[
              { value: every, label: t('grid:all.university') },
              ...[...names].map(([value, label]) => ({ value, label })),
            ]}
            onChange={(value) => setUniversity(value ?? every)}
          />
          <PlanPreview plan={plan}>
            {plan.unknown > 0 && <li className="dim">{t('rating.unknown', { count: plan.unknown })}</li>}
          </PlanPreview>
          {countOf(plan) === 0 && plan.problems.length === 0 && <p>{t('rating.nothing')}</p>}
        </>
      )}
    </PlanForm>
  );
}
