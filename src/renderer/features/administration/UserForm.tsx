import { Button, Checkbox, Input, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import type { FormEvent } from 'react';
import type { User } from '#shared/contract/server/users.ts';
import { email as emailForm, password as passwordForm } from '#shared/contract/server/users.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { roleName } from '../../text/names.ts';
import { copyText } from '../../ui/clipboard.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { notice } from '../../ui/notices.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { useSync } from '../sync/state.ts';
import { describeError, faultData, issueText } from '../../text/faults.ts';
import styles from './administration.module.css';

interface UserValues extends Pick<User, 'name' | 'email' | 'role' | 'sees' | 'active'> {
  university: string;
  password: string;
}

const fields = ['name', 'email', 'university', 'password'] as const;
type UserField = (typeof fields)[number];
type Problems = Partial<Record<UserField, string>>;

const blankUser: UserValues = {
  name: '',
  email: '',
  role: 'editor',
  university: '',
  sees: 'all',
  active: true,
  password: '',
};

const valuesOf = ({ name, email, role, university_id, sees, active }: User): UserValues => ({
  name,
  email,
  role,
  sees,
  active,
  university: university_id ?? '',
  password: '',
});

function universityProblem({ role, sees, university }: UserValues): string | null {
  const isNeeded = university === '' && (role === 'editor' || sees === 'university');
  return isNeeded ? say('sync:form.needed') : null;
}

function problemsOf(values: UserValues, isNew: boolean): Problems {
  const { name, email, password } = values;
  const university = universityProblem(values);
  const isPasswordValid = passwordForm.safeParse(password).success || (!isNew && password === '');
  return {
    ...(name.trim() === '' ? { name: say('sync:form.needed') } : {}),
    ...(emailForm.safeParse(email.trim()).success ? {} : { email: say('administration:form.emailNeeded') }),
    ...(university === null ? {} : { university }),
    ...(isPasswordValid ? {} : { password: say('sync:form.passwordRule') }),
  };
}

const firstProblem = (problems: Problems): UserField | null =>
  fields.find((field) => problems[field] !== undefined) ?? null;

function inputOf({ name, email, role, university, sees }: UserValues) {
  return {
    name: name.trim(),
    email: email.trim().toLowerCase(),
    role,
    university_id: university === '' ? null : university,
    sees,
  };
}

/** Returns only the changed values, so that concurrent changes of other values stay. */
function changedValues(user: User, values: UserValues) {
  const { active, password } = values;
  const changedFields = Object.entries({ ...inputOf(values), active }).filter(
    ([field, value]) => user[field as keyof User] !== value,
  );
  return { ...Object.fromEntries(changedFields), ...(password === '' ? {} : { password }) };
}

const fieldOf = (path: string): UserField | undefined =>
  path === 'university_id' ? 'university' : fields.find((field) => field === path);

/** The texts of a failed save: at the fields if each issue belongs to a field, else one text for the whole form. */
function serverProblemsOf(error: unknown): { fields: Problems; formProblem: string | null } {
  if (error === null) return { fields: {}, formProblem: null };
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  const fieldProblems = issues.flatMap((issue) => {
    const field = fieldOf(issue.path);
    if (!field) return [];
    const isTaken = field === 'email' && issue.code === 'taken';
    const text = isTaken ? say('administration:form.emailTaken') : issueText({ ...issue, path: '' });
    return [[field, text] as const];
  });
  if (fieldProblems.length > 0 && fieldProblems.length === issues.length)
    return { fields: Object.fromEntries(fieldProblems), formProblem: null };
  const { title, detail, action } = describeError(error);
  return { fields: {}, formProblem: [`${title}.`, detail, action].filter((part) => part !== null).join(' ') };
}

/** Characters that cannot be confused when read aloud or copied by hand. */
const passwordCharacters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groupCount = 4;
const groupLength = 5;

/** A random character, uniformly distributed: rejects bytes from the last full multiple of the number of characters on. */
function randomCharacter(): string {
  const limit = 256 - (256 % passwordCharacters.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < limit) return passwordCharacters.charAt(byte % passwordCharacters.length);
  }
}

/** A new readable password such as "k7wtm-…" with about 99 bits. */
function generatePassword(): string {
  const group = (): string => Array.from({ length: groupLength }, randomCharacter).join('');
  return Array.from({ length: groupCount }, group).join('-');
}

const formWidth = 560;

export function addPerson(): void {
  openDialog({ title: say('administration:form.add'), size: formWidth }, (close) => (
    <UserForm user={null} onDone={close} />
  ));
}

export function editPerson(user: User): void {
  const title = say('grid:bulk.title', { what: user.name });
  openDialog({ title, size: formWidth }, (close) => <UserForm user={user} onDone={close} />);
}

interface FieldsProps {
  values: UserValues;
  errorAt: (field: UserField) => string | undefined;
  onChange: (part: Partial<UserValues>) => void;
}

function PasswordField({ values: { password }, errorAt, onChange, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTexts('administration');
  const [isVisible, setVisible] = useState(false);
  const copy = (): void => {
    const isCopied = copyText(password);
    notice({
      id: 'password-copied',
      title: t(isCopied ? 'form.copied' : 'form.notCopied'),
      ...(isCopied ? {} : { tone: 'bad' as const }),
    });
  };
  return (
    <div className="stack gap-8">
      <PasswordInput
        name="password"
        label={t(isNew ? 'sync:form.password' : 'sync:password.password')}
        description={t(isNew ? 'form.passwordHint' : 'form.newPasswordHint')}
        value={password}
        error={errorAt('password')}
        visible={isVisible}
        onVisibilityChange={setVisible}
        autoComplete="new-password"
        visibilityToggleButtonProps={{ 'aria-label': t('common:reveal') }}
        onChange={({ currentTarget: { value } }) => onChange({ password: value })}
      />
      <div className="flex gap-8">
        <Button
          size="xs"
          variant="default"
          onClick={() => {
            onChange({ password: generatePassword() });
            setVisible(true);
          }}
        >
          {t('form.generate')}
        </Button>
        <Button size="xs" variant="default" disabled={password === ''} onClick={copy}>
          {t('common:copy')}
        </Button>
      </div>
    </div>
  );
}

function RightsFields({ values: { role, university, sees }, errorAt, onChange }: FieldsProps) {
  const { t } = useTexts('administration');
  const fieldId = useId();
  return (
    <>
      <Radio.Group
        className={styles.choices}
        label={t('records:field.role')}
        value={role}
        onChange={(next) => onChange({ role: next })}
      >
        {vocabulary.role.map((option) => (
          <Radio
            key={option}
            size="xs"
            value={option}
            label={
              <>
                {roleName(option)}{' '}
                <span className="dim">
                  – {option === 'admin' ? t('form.admin') : t(`profiles:may.${option}`)}
                </span>
              </>
            }
          />
        ))}
      </Radio.Group>
      <Input.Wrapper id={fieldId} label={t('records:one.university')} description={t('form.universityHint')}>
        <LookupInput
          inputId={fieldId}
          label={t('records:one.university')}
          types={['university']}
          id={university}
          optional
          problem={errorAt('university')}
          onChoose={(id) => onChange({ university: id })}
        />
      </Input.Wrapper>
      <Radio.Group
        className={styles.choices}
        label={t('people.sees')}
        value={sees}
        onChange={(next) => onChange({ sees: next === 'university' ? 'university' : 'all' })}
      >
        <Radio size="xs" value="all" label={t('sees.all')} />
        <Radio size="xs" value="university" label={t('sees.university')} />
      </Radio.Group>
    </>
  );
}

/** Adds or edits a person of the server. An error of the server appears at its field. */
function UserForm({ user, onDone }: { user: User | null; onDone: () => void }) {
  const { t } = useTexts('administration');
  const myId = useSync(({ status }) => status?.server?.user.id);
  const [values, setValues] = useState(user ? valuesOf(user) : blankUser);
  const [isSubmitted, setSubmitted] = useState(false);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const isNew = user === null;
  const clientProblems = isSubmitted ? problemsOf(values, isNew) : {};
  const { fields: serverProblems, formProblem } = serverProblemsOf(failure);
  const errorAt = (field: UserField): string | undefined => clientProblems[field] ?? serverProblems[field];
  const change = (part: Partial<UserValues>): void => {
    setValues((before) => ({ ...before, ...part }));
    setFailure(null);
  };
  const save = async (): Promise<void> => {
    setSaving(true);
    setFailure(null);
    try {
      const { name } = user
        ? await api.administration.updateUser({ id: user.id, ...changedValues(user, values) })
        : await api.administration.createUser({ ...inputOf(values), password: values.password });
      onDone();
      notice({ id: 'server-person', title: t(isNew ? 'done.added' : 'common:savedFile', { name }) });
      await queryClient.invalidateQueries({ queryKey: queryKeys.administrations });
    } catch (error) {
      setFailure(error);
    } finally {
      setSaving(false);
    }
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    setSubmitted(true);
    const firstInvalid = firstProblem(problemsOf(values, isNew));
    if (firstInvalid !== null)
      event.currentTarget.querySelector<HTMLElement>(`[name="${firstInvalid}"]`)?.focus();
    else void save();
  };
  const textFieldProps = (field: 'name' | 'email') => ({
    name: field,
    label: field === 'name' ? t('records:field.name') : t('people.email'),
    value: values[field],
    error: errorAt(field),
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  const losesOwnAdmin =
    user?.id === myId && user?.role === 'admin' && (values.role !== 'admin' || !values.active);
  return (
    <DialogForm
      className={`stack single gap-16 dialog-form ${styles.form}`}
      failure={formProblem}
      saveLabel={t(isNew ? 'form.add' : 'common:save')}
      saving={isSaving}
      onCancel={onDone}
      onSubmit={onSubmit}
    >
      <div className="stack top gap-12 halves">
        <TextInput data-autofocus {...textFieldProps('name')} maxLength={maxLengths.name} />
        <TextInput {...textFieldProps('email')} inputMode="email" />
      </div>
      <RightsFields values={values} errorAt={errorAt} onChange={change} />
      <PasswordField values={values} errorAt={errorAt} onChange={change} isNew={isNew} />
      {user && (
        <Checkbox
          label={t('form.active')}
          description={t('form.activeHint')}
          checked={values.active}
          onChange={({ currentTarget: { checked } }) => change({ active: checked })}
        />
      )}
      {losesOwnAdmin && formProblem === null && <p className="small warn">{t('form.lessOwn')}</p>}
    </DialogForm>
  );
}
