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
import { FormEnd } from '../../ui/FormEnd.tsx';
import { useProfiles, offerOf, switchTo } from './switchTo.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { capitalised, roleName } from '../../text/names.ts';
import styles from './profiles.module.css';

/** Saves a profile when its fields are complete; until then shows the missing fields. */
export function useProfileForm(name: string, save: () => Promise<void>) {
  const [isSubmitted, setSubmitted] = useState(false);
  const [settled, setSettled] = useState(true);
  const nameless = name.trim() === '';
  const submit = useSubmit(async () => {
    setSubmitted(true);
    if (!nameless && settled) await save();
  });
  const missing: Missing = { name: isSubmitted && nameless, university: isSubmitted && !settled };
  return { ...submit, missing, onSettled: setSettled };
}

export type ProfileValues = Pick<Profile, 'name' | 'role' | 'university_id'>;

export interface Missing {
  name: boolean;
  /** The typed university does not exist. */
  university: boolean;
}

export interface RoleWarning {
  text: string;
  shown: boolean;
}

interface Props {
  values: ProfileValues;
  missing: Missing;
  /** What the actor would lose by the role; null for nothing. */
  warning?: RoleWarning | null;
  arrives?: boolean;
  onChange: (part: Partial<ProfileValues>) => void;
  onSettled: (settled: boolean) => void;
}

/** Reserves the space of the warning, so that fields below do not move. */
function Warning({ text, shown }: RoleWarning) {
  return (
    <p className={`warn mt-4 ${styles.warning}`} aria-hidden={!shown}>
      {text}
    </p>
  );
}

export function ProfileFields({
  values,
  missing,
  warning = null,
  arrives = true,
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
        {...(arrives ? { 'data-autofocus': true } : {})}
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
          {vocabulary.role.map((one) => (
            <Radio
              key={one}
              size="xs"
              value={one}
              label={roleName(one)}
              description={capitalised(t(`may.${one}`))}
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
            onSettled={onSettled}
          />
        </Input.Wrapper>
        <Warning text={t('form.universityNeeded')} shown={universityMissing} />
      </div>
    </>
  );
}

type Drafts = Readonly<Record<string, Partial<ProfileValues>>>;

interface OneProps {
  profile: Profile;
  draft: Partial<ProfileValues>;
  /** What the actor would lose by choosing a role; null for nothing. */
  less: ((role: Profile['role']) => RoleWarning) | null;
  arrives: boolean;
  onChange: (part: Partial<ProfileValues>) => void;
  onSaved: () => void;
  onCancel: () => void;
}

/** The fields of one profile. A failed save keeps the input and shows the reason. */
function ChangeOne({ profile, draft, less, arrives, onChange, onSaved, onCancel }: OneProps) {
  const { t } = useTexts('profiles');
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
    // An actor who gave up a role may not undo that.
    notice(warning?.shown ? { title } : { ...undoAction(op_id), title });
  });

  return (
    <form className={`stack gap-16 ${styles.form}`} autoComplete="off" onSubmit={onSubmit}>
      <ProfileFields
        values={values}
        missing={missing}
        warning={warning}
        arrives={arrives}
        onChange={onChange}
        onSettled={onSettled}
      />
      <FormEnd failure={failure} save={t('common:save')} saving={saving} onCancel={onCancel} />
    </form>
  );
}

const differs = (profile: Profile, draft: Partial<ProfileValues> = {}): boolean =>
  (['name', 'role', 'university_id'] as const).some(
    (field) => draft[field] !== undefined && draft[field] !== profile[field],
  );

/**
 * Edits name, role and university of profiles, `first` initially. Unsaved changes of several profiles are saved one after the other before
 * the dialog closes.
 */
export function ChangeForm({ first, onDone }: { first: string | null; onDone: () => void }) {
  const { t } = useTexts('profiles');
  const me = useMe();
  const profiles = useProfiles();
  const [chosen, setChosen] = useState(first);
  const [drafts, setDrafts] = useState<Drafts>({});
  const profile =
    profiles.find(({ id }) => id === chosen) ?? profiles.find(({ id }) => id !== me?.id) ?? profiles[0];
  if (!profile) return null;
  const { id } = profile;
  const isLastAdmin = profiles.filter(({ role }) => role === 'admin').length === 1;
  const own = id === me?.id && profile.role === 'admin';
  const less = (role: Profile['role']): RoleWarning => ({
    text: t(isLastAdmin ? 'change.last' : `change.less.${role === 'admin' ? 'editor' : role}`),
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
    <div className={`stack gap-16 ${styles.form}`}>
      {profiles.length > 1 && (
        <Select
          {...(first === null ? { 'data-autofocus': true } : {})}
          label={t('records:one.profile')}
          data={profiles.map(({ id: value, name, role }) => ({
            value,
            label: t('common:dot', { a: name, b: roleName(role) }),
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

export function addProfile(): void {
  openDialog({ title: say('profiles:form.title') }, (close) => <ProfileForm onDone={close} />);
}

/** Edits a profile, or one chosen in the dialog. */
export function changeProfile(id: string | null = null): void {
  openDialog({ title: say('profiles:change.title') }, (close) => <ChangeForm first={id} onDone={close} />);
}

const blank: ProfileValues = { name: '', role: 'editor', university_id: null };

export function ProfileForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('profiles');
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
    <form className={`stack gap-16 ${styles.form}`} autoComplete="off" onSubmit={onSubmit}>
      <ProfileFields
        values={values}
        missing={missing}
        onChange={(part) => setValues((before) => ({ ...before, ...part }))}
        onSettled={onSettled}
      />
      <p className={`dim ${styles.small}`}>{t('note')}</p>
      <FormEnd failure={failure} save={t('form.title')} saving={saving} onCancel={onDone} />
    </form>
  );
}
