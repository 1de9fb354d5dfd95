import { useState, useId } from 'react';
import type { ReactNode } from 'react';
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
import { DialogForm } from '../../ui/DialogForm.tsx';
import { useProfiles, offerNoticeId, actAsProfile } from './profiles.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { capitalised, roleName } from '../../text/names.ts';
import styles from './profiles.module.css';

type ProfileValues = Pick<Profile, 'name' | 'role' | 'university_id'>;

interface RoleWarning {
  text: string;
  isShown: boolean;
}

interface Props {
  values: ProfileValues;
  /** The permissions that the actor would lose by the role; null for none. */
  warning?: RoleWarning | null;
  takesFocus?: boolean;
  note?: ReactNode;
  saveLabel: string;
  /** Called when the fields are complete; until then the form shows the missing ones. */
  save: () => Promise<void>;
  onChange: (part: Partial<ProfileValues>) => void;
  onCancel: () => void;
}

/** Reserves the space of the warning, so that fields below do not move. */
function Warning({ text, isShown }: RoleWarning) {
  return (
    <p className={`warn mt-4 ${styles.warning}`} aria-hidden={!isShown}>
      {text}
    </p>
  );
}

/** The fields of a profile. A failed save keeps the input and shows the reason. */
function ProfileFields({ values, warning, takesFocus = true, note, save, onChange, ...buttons }: Props) {
  const { t } = useTexts('profiles');
  const { name, role, university_id } = values;
  const [isSubmitted, setSubmitted] = useState(false);
  // False if the typed university does not exist.
  const [isUniversityKnown, setUniversityKnown] = useState(true);
  const universityField = useId();
  const isNameMissing = name.trim() === '';
  const submit = useSubmit(async () => {
    setSubmitted(true);
    if (!isNameMissing && isUniversityKnown) await save();
  });
  return (
    <DialogForm {...submit} {...buttons} className={`stack gap-16 ${styles.form}`}>
      <TextInput
        {...(takesFocus ? { 'data-autofocus': true } : {})}
        label={t('records:field.name')}
        value={name}
        maxLength={maxLengths.name}
        error={isSubmitted && isNameMissing ? t('common:nameNeeded') : undefined}
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
            problem={isSubmitted && !isUniversityKnown ? t('form.universityUnclear') : undefined}
            onChoose={(id) => onChange({ university_id: id === '' ? null : id })}
            onSettledChange={setUniversityKnown}
          />
        </Input.Wrapper>
        <Warning
          text={t('form.universityNeeded')}
          isShown={role === 'editor' && university_id === null && !isNameMissing}
        />
      </div>
      {note}
    </DialogForm>
  );
}

type Drafts = Readonly<Record<string, Partial<ProfileValues>>>;

const hasChanges = (profile: Profile, draft: Partial<ProfileValues> = {}): boolean =>
  (['name', 'role', 'university_id'] as const).some(
    (field) => draft[field] !== undefined && draft[field] !== profile[field],
  );

/**
 * Edits name, role and university of profiles, initially of `initialId`. After a save, shows the next profile with unsaved changes;
 * without one, or if the actor gave up the admin role, closes the dialog.
 */
function ChangeForm({ initialId, onDone }: { initialId: string | null; onDone: () => void }) {
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
  const draft = drafts[id] ?? {};
  const values = { ...profile, ...draft };
  const warning = isOwnAdmin
    ? {
        text: t(
          isLastAdmin ? 'change.last' : `change.less.${values.role === 'admin' ? 'editor' : values.role}`,
        ),
        isShown: values.role !== 'admin',
      }
    : null;
  const showNext = (): void => {
    const otherDrafts = Object.fromEntries(Object.entries(drafts).filter(([draftId]) => draftId !== id));
    const nextProfile = profiles.find((other) => hasChanges(other, otherDrafts[other.id]));
    const losesAdmin = isOwnAdmin && values.role !== 'admin';
    if (!nextProfile || losesAdmin) return onDone();
    setDrafts(otherDrafts);
    setSelectedId(nextProfile.id);
  };
  const save = async (): Promise<void> => {
    const { profile: savedProfile, op_id } = await whileSaving(() =>
      api.workspace.changeProfile({ profile: id, ...draft }),
    );
    showNext();
    if (op_id === null) return;
    const title = t('change.done', { name: savedProfile.name });
    // An actor who gave up a role is not allowed to undo that.
    notice(warning?.isShown ? { title } : { ...undoAction(op_id), title });
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
      <ProfileFields
        key={id}
        values={values}
        warning={warning}
        takesFocus={initialId !== null || profiles.length === 1}
        saveLabel={t('common:save')}
        save={save}
        onChange={(part) => setDrafts((previous) => ({ ...previous, [id]: { ...previous[id], ...part } }))}
        onCancel={onDone}
      />
    </div>
  );
}

export function addProfile(): void {
  openDialog({ title: say('profiles:form.title') }, (close) => <NewProfileForm onDone={close} />);
}

/** Edits a profile, or one chosen in the dialog. */
export function changeProfile(id: string | null = null): void {
  openDialog({ title: say('profiles:change.title') }, (close) => (
    <ChangeForm initialId={id} onDone={close} />
  ));
}

const emptyProfile: ProfileValues = { name: '', role: 'editor', university_id: null };

function NewProfileForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('profiles');
  const [values, setValues] = useState(emptyProfile);
  const save = async (): Promise<void> => {
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
  };
  return (
    <ProfileFields
      values={values}
      note={<p className={`dim ${styles.small}`}>{t('note')}</p>}
      saveLabel={t('form.title')}
      save={save}
      onChange={(part) => setValues((previous) => ({ ...previous, ...part }))}
      onCancel={onDone}
    />
  );
}
