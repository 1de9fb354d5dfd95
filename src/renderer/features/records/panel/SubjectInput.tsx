import { Input } from '@mantine/core';
import { useId } from 'react';
import type { EntityType } from '#shared/domain/types.ts';
import { api } from '../../../api/client.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { whileSaving } from '../../../stores/saving.ts';
import { undoAction } from '../../../stores/undo.ts';
import { notice, reportErrors } from '../../../ui/notices.tsx';
import { LookupInput } from '../form/LookupInput.tsx';

const subjectTypes: readonly EntityType[] = [
  'team',
  'student',
  'faculty',
  'interface',
  'project',
  'repository',
  'organisation',
  'document',
];

/** Chooses the record that a repair concerns, such as one from a note. */
export function SubjectInput({ id }: { id: string }) {
  const { t } = useTexts('repairs');
  const fieldId = useId();
  const label = t('effect.concerns');
  const choose = (subject: string): Promise<void> =>
    reportErrors(async () => {
      const data = { subjects: [subject] };
      const { op_id } = await whileSaving(() => api.entities.update({ type: 'repair', id, data }));
      notice({ ...undoAction(op_id), title: t('effect.chosen') });
    });
  return (
    <Input.Wrapper id={fieldId} label={label}>
      <LookupInput
        inputId={fieldId}
        label={label}
        types={subjectTypes}
        placeholder={t('effect.choose')}
        id=""
        onChoose={(subject) => void (subject !== '' && choose(subject))}
      />
    </Input.Wrapper>
  );
}
