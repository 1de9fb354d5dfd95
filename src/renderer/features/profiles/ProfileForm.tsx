import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { notice } from '../../ui/notices.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { ProfileFields } from './ProfileFields.tsx';
import type { ProfileValues } from './ProfileFields.tsx';
import { offerOf, switchTo } from './switchTo.ts';
import { useProfileForm } from './useProfileForm.ts';

const blank: ProfileValues = { name: '', role: 'editor', university_id: null };

/** Name, role and university of a new profile. What could not be saved stays, with the reason. */
export function ProfileForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('profiles');
  const [values, setValues] = useState(blank);

  const { saving, failure, missing, onSubmit, onSettled } = useProfileForm(values.name, async () => {
    const made = await api.workspace.createProfile({ ...values, name: values.name.trim() });
    onDone();
    notice({
      id: offerOf(made.id),
      title: t('form.added', { name: made.name }),
      action: { label: t('form.act', { name: made.name }), run: () => void switchTo(made.id) },
    });
  });

  return (
    <form className="profile-form" autoComplete="off" onSubmit={onSubmit}>
      <ProfileFields
        values={values}
        missing={missing}
        onChange={(part) => setValues((before) => ({ ...before, ...part }))}
        onSettled={onSettled}
      />
      <p className="dim profile-small">{t('note')}</p>
      <FormEnd
        failure={failure === null ? null : `${t('form.failed')}: ${failure}`}
        save={t('form.save')}
        saving={saving}
        onCancel={onDone}
      />
    </form>
  );
}
