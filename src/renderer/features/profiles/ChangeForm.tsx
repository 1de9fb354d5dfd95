import { Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '#shared/contract/workspace.ts';
import { api } from '../../api/client.ts';
import { useMe } from '../../stores/profile.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoable } from '../../stores/undo.ts';
import { notice } from '../../ui/notices.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { ProfileFields } from './ProfileFields.tsx';
import type { ProfileValues, RoleWarning } from './ProfileFields.tsx';
import { useProfileForm } from './useProfileForm.ts';
import { useProfiles } from './useProfiles.ts';

/** What was changed in the form and is not saved, by the profile's id. */
type Drafts = Readonly<Record<string, Partial<ProfileValues>>>;

interface OneProps {
  profile: Profile;
  draft: Partial<ProfileValues>;
  /** What choosing a role takes from whoever acts; null where it takes nothing from anybody here. */
  less: ((role: Profile['role']) => RoleWarning) | null;
  arrives: boolean;
  onChange: (part: Partial<ProfileValues>) => void;
  onSaved: () => void;
  onCancel: () => void;
}

/** The fields of one profile. What could not be saved stays, with the reason. */
function ChangeOne({ profile, draft, less, arrives, onChange, onSaved, onCancel }: OneProps) {
  const { t } = useTranslation(['profiles', 'common']);
  const values = { ...profile, ...draft };
  const warning = less?.(values.role) ?? null;

  const { saving, failure, missing, onSubmit, onSettled } = useProfileForm(values.name, async () => {
    const { id } = profile;
    const { profile: now, op_id } = await whileSaving(() =>
      api.workspace.changeProfile({ profile: id, ...draft }),
    );
    onSaved();
    if (op_id === null) return;
    const title = t('change.done', { name: now.name });
    // Who made oneself something less may not take that back.
    notice(warning?.shown ? { title } : { ...undoable(op_id), title });
  });

  return (
    <form className="profile-form" autoComplete="off" onSubmit={onSubmit}>
      <ProfileFields
        values={values}
        missing={missing}
        warning={warning}
        arrives={arrives}
        onChange={onChange}
        onSettled={onSettled}
      />
      <FormEnd
        failure={failure === null ? null : `${t('change.failed')}: ${failure}`}
        save={t('common:save')}
        saving={saving}
        onCancel={onCancel}
      />
    </form>
  );
}

const differs = (profile: Profile, draft: Partial<ProfileValues> = {}): boolean =>
  (['name', 'role', 'university_id'] as const).some(
    (field) => draft[field] !== undefined && draft[field] !== profile[field],
  );

/**
 * Changes name, role and university of a profile that is chosen here, at first the one of the id `first`. What was changed of several
 * is saved one after the other: the dialog goes on to the next before it closes.
 */
export function ChangeForm({ first, onDone }: { first: string | null; onDone: () => void }) {
  const { t } = useTranslation('profiles');
  const me = useMe();
  const profiles = useProfiles();
  const [chosen, setChosen] = useState(first);
  const [drafts, setDrafts] = useState<Drafts>({});
  const profile =
    profiles.find(({ id }) => id === chosen) ?? profiles.find(({ id }) => id !== me?.id) ?? profiles[0];
  if (!profile) return null;
  const { id } = profile;
  const alone = profiles.filter(({ role }) => role === 'admin').length === 1;
  const own = id === me?.id && profile.role === 'admin';
  const less = (role: Profile['role']): RoleWarning => ({
    text: t(alone ? 'change.last' : `change.less.${role === 'admin' ? 'editor' : role}`),
    shown: role !== 'admin',
  });
  const saved = (): void => {
    const rest = Object.fromEntries(Object.entries(drafts).filter(([of]) => of !== id));
    const next = profiles.find((one) => differs(one, rest[one.id]));
    const lost = own && (drafts[id]?.role ?? 'admin') !== 'admin';
    if (!next || lost) return onDone();
    setDrafts(rest);
    setChosen(next.id);
  };
  return (
    <div className="profile-form">
      {profiles.length > 1 && (
        <Select
          {...(first === null ? { 'data-autofocus': true } : {})}
          label={t('change.which')}
          data={profiles.map(({ id: value, name, role }) => ({
            value,
            label: t('change.label', { name, role: t(`role.${role}`) }),
          }))}
          value={id}
          allowDeselect={false}
          onChange={(value) => setChosen(value)}
        />
      )}
      <ChangeOne
        key={id}
        profile={profile}
        draft={drafts[id] ?? {}}
        less={own ? less : null}
        arrives={first !== null || profiles.length === 1}
        onChange={(part) => setDrafts((before) => ({ ...before, [id]: { ...before[id], ...part } }))}
        onSaved={saved}
        onCancel={onDone}
      />
    </div>
  );
}
