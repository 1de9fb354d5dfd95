import { useState, useId } from 'react';
import { useSubmit } from '../../ui/useSubmit.ts';
import { Input, Radio, TextInput, Select } from '@mantine/core';
import type { Profile } from '#shared/contract/workspace.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { api } from '../../api/client.ts';
import { useMe } from '../../stores/profile.ts';
import { whileSaving } from '../../stores/saving.ts';
import { undoAction } from '../../stores/undo.ts';
import { notice } from '../../ui/notices.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { useProfiles, offerNoticeId, actAsProfile } from './profiles.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { capitalised, roleName } from '../../text/names.ts';
import styles from './profiles.module.css';

/** Saves a profile when its fields are complete; until then shows the missing fields. */
export function useProfileForm(name: string, save: () => Promise<void>) {
  const [isSubmitted, setSubmitted] = useState(false);
  const [isUniversityKnown, setUniversityKnown] = useState(true);
  const hasNoName = name.trim() === '';
  const submit = useSubmit(async () => {
    setSubmitted(true);
    if (!hasNoName && isUniversityKnown) await save();
  });
  const missing: MissingFields = {
    name: isSubmitted && hasNoName,
    university: isSubmitted && !isUniversityKnown,
  };
  return { ...submit, missing, onSettled: setUniversityKnown };
}

export type ProfileValues = Pick<Profile, 'name' | 'role' | 'university_id'>;

export interface MissingFields {
  name: boolean;
  /** The typed university does not exist. */
  university: boolean;
}

export interface RoleWarning {
  text: string;
  isShown: boolean;
}

interface Props {
  values: ProfileValues;
  missing: MissingFields;
  /** The permissions that the actor would lose by the role; null for none. */
  warning?: RoleWarning | null;
  takesFocus?: boolean;
  onChange: (part: Partial<ProfileValues>) => void;
  onSettled: (isSettled: boolean) => void;
}

/** Reserves the space of the warning, so that fields below do not move. */
function Warning({ text, isShown }: RoleWarning) {
  return (
    <p className={`warn mt-4 ${styles.warning}`} aria-hidden={!isShown}>
      {text}
    </p>
  );
}

export function ProfileFields({
  values,
  missing,
  warning = null,
  takesFocus = true,
  onChange,
  onSettled,
}: Props) {
  const { t } = useTexts('profiles');
  const { name, role, university_id } = values;
  const universityField = useId();
  const universityMissing = role === 'editor' && university_id === null && name.trim() !== '';
  return (
    <>
      <TextInput
        {...(takesFocus ? { 'data-autofocus': true } : {})}
        label={t('records:field.name')}
        value={name}
        maxLength={maxLengths.name}
        error={missing.name ? t('common:nameNeeded') : undefined}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <div>
        <Radio.Group
          label={t('records:field.role')}
          value={role}
          onChange={(next) => onChange({ role: next })}
        >
          {vocabulary.role.map((option) => (
            <Radio
              key={option}
              value={option}
              label={roleName(option)}
              description={capitalised(t(`may.${option}`))}
            />
          ))}
        </Radio.Group>
        {warning && <Warning {...warning} />}
      </div>
      <div>
        <Input.Wrapper
          id={universityField}
          label={t('records:one.university')}
          description={t('form.universityHint')}
        >
          <LookupInput
            inputId={universityField}
            label={t('records:one.university')}
            types={['university']}
            id={university_id ?? ''}
            optional
            problem={missing.university ? t('form.universityUnclear') : undefined}
            onChoose={(id) => onChange({ university_id: id === '' ? null : id })}
            onSettledChange={onSettled}
          />
        </Input.Wrapper>
        <Warning text={t('form.universityNeeded')} isShown={universityMissing} />
      </div>
    </>
  );
}

type Drafts = Readonly<Record<string, Partial<ProfileValues>>>;

interface EditorProps {
  profile: Profile;
  draft: Partial<ProfileValues>;
  /** The warning about permissions that the actor would lose by choosing a role; null if the profile is not an admin's own. */
  warningFor: ((role: Profile['role']) => RoleWarning) | null;
  takesFocus: boolean;
  onChange: (part: Partial<ProfileValues>) => void;
  onSaved: () => void;
  onCancel: () => void;
}

/** The fields of one profile. A failed save keeps the input and shows the reason. */
function ProfileEditor({ profile, draft, warningFor, takesFocus, onChange, onSaved, onCancel }: EditorProps) {
  const { t } = useTexts('profiles');
  const values = { ...profile, ...draft };
  const warning = warningFor?.(values.role) ?? null;

  const { saving, failure, missing, onSubmit, onSettled } = useProfileForm(values.name, async () => {
    const { id } = profile;
    const { profile: savedProfile, op_id } = await whileSaving(() =>
      api.workspace.changeProfile({ profile: id, ...draft }),
    );
    onSaved();
    if (op_id === null) return;
    const title = t('change.done', { name: savedProfile.name });
    // An actor who gave up a role is not allowed to undo that.
    notice(warning?.isShown ? { title } : { ...undoAction(op_id), title });
  });

  return (
    <form className={`stack gap-16 ${styles.form}`} autoComplete="off" onSubmit={onSubmit}>
      <ProfileFields
        values={values}
        missing={missing}
        warning={warning}
        takesFocus={takesFocus}
        onChange={onChange}
        onSettled={onSettled}
      />
      <FormButtons failure={failure} saveLabel={t('common:save')} saving={saving} onCancel={onCancel} />
    </form>
  );
}

const hasChanges = (profile: Profile, draft: Partial<ProfileValues> = {}): boolean =>
  (['name', 'role', 'university_id'] as const).some(
    (field) => draft[field] !== undefined && draft[field] !== profile[field],
  );

/**
 * Edits name, role and university of profiles, initially of `initialId`. After a save, shows the next profile with unsaved changes;
 * without one, or if the actor gave up the admin role, closes the dialog.
 */
export function ChangeForm({ initialId, onDone }: { initialId: string | null; onDone: () => void }) {
  const { t } = useTexts('profiles');
  const me = useMe();
  const profiles = useProfiles();
  const [selectedId, setSelectedId] = useState(initialId);
  const [drafts, setDrafts] = useState<Drafts>({});
  const profile =
    profiles.find(({ id }) => id === selectedId) ?? profiles.find(({ id }) => id !== me?.id) ?? profiles[0];
  if (!profile) return null;
  const { id } = profile;
  const isLastAdmin = profiles.filter(({ role }) => role === 'admin').length === 1;
  const isOwnAdmin = id === me?.id && profile.role === 'admin';
  const warningFor = (role: Profile['role']): RoleWarning => ({
    text: t(isLastAdmin ? 'change.last' : `change.less.${role === 'admin' ? 'editor' : role}`),
    isShown: role !== 'admin',
  });
  const afterSave = (): void => {
    const otherDrafts = Object.fromEntries(Object.entries(drafts).filter(([draftId]) => draftId !== id));
    const nextProfile = profiles.find((other) => hasChanges(other, otherDrafts[other.id]));
    const losesAdmin = isOwnAdmin && (drafts[id]?.role ?? 'admin') !== 'admin';
    if (!nextProfile || losesAdmin) return onDone();
    setDrafts(otherDrafts);
    setSelectedId(nextProfile.id);
  };
  return (
    <div className={`stack gap-16 ${styles.form}`}>
      {profiles.length > 1 && (
        <Select
          {...(initialId === null ? { 'data-autofocus': true } : {})}
          label={t('records:one.profile')}
          data={profiles.map(({ id: value, name, role }) => ({
            value,
            label: t('common:dot', { a: name, b: roleName(role) }),
          }))}
          value={id}
          onChange={(value) => setSelectedId(value)}
        />
      )}
      <ProfileEditor
        key={id}
        profile={profile}
        draft={drafts[id] ?? {}}
        warningFor={isOwnAdmin ? warningFor : null}
        takesFocus={initialId !== null || profiles.length === 1}
        onChange={(part) => setDrafts((previous) => ({ ...previous, [id]: { ...previous[id], ...part } }))}
        onSaved={afterSave}
        onCancel={onDone}
      />
    </div>
  );
}

export function addProfile(): void {
  openDialog({ title: say('profiles:form.title') }, (close) => <ProfileForm onDone={close} />);
}

/** Edits a profile, or one chosen in the dialog. */
export function changeProfile(id: string | null = null): void {
  openDialog({ title: say('profiles:change.title') }, (close) => (
    <ChangeForm initialId={id} onDone={close} />
  ));
}

const emptyProfile: ProfileValues = { name: '', role: 'editor', university_id: null };

export function ProfileForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('profiles');
  const [values, setValues] = useState(emptyProfile);

  const { saving, failure, missing, onSubmit, onSettled } = useProfileForm(values.name, async () => {
    const newProfile = await api.workspace.createProfile({ ...values, name: values.name.trim() });
    onDone();
    notice({
      id: offerNoticeId(newProfile.id),
      title: t('form.added', { name: newProfile.name }),
      action: {
        label: t('form.act', { name: newProfile.name }),
        run: () => void actAsProfile(newProfile.id),
      },
    });
  });

  return (
    <form className={`stack gap-16 ${styles.form}`} autoComplete="off" onSubmit={onSubmit}>
      <ProfileFields
        values={values}
        missing={missing}
        onChange={(part) => setValues((previous) => ({ ...previous, ...part }))}
        onSettled={onSettled}
      />
      <p className={`dim ${styles.small}`}>{t('note')}</p>
      <FormButtons failure={failure} saveLabel={t('form.title')} saving={saving} onCancel={onDone} />
    </form>
  );
}
