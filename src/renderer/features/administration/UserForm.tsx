import { Button, Checkbox, Input, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
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
import { problemsAtFields, useFieldForm } from '../../ui/field-form.ts';
import type { Failures, Problems } from '../../ui/field-form.ts';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { notice } from '../../ui/notices.tsx';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { useSync } from '../sync/state.ts';
import { describeError, issueText } from '../../text/faults.ts';
import styles from './administration.module.css';

interface UserValues extends Pick<User, 'name' | 'email' | 'role' | 'sees' | 'active'> {
  university: string;
  password: string;
}

const fields = ['name', 'email', 'university', 'password'] as const;
type UserField = (typeof fields)[number];

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

function problemsOf(values: UserValues, isNew: boolean): Problems<UserField> {
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

function failuresOf(error: unknown): Failures<UserField> {
  if (error === null) return { fields: {}, formProblem: null };
  const problems = problemsAtFields(error, fieldOf, ({ path, code, ...issue }) =>
    path === 'email' && code === 'taken'
      ? say('administration:form.emailTaken')
      : issueText({ ...issue, code, path: '' }),
  );
  if (problems) return { fields: problems, formProblem: null };
  const { title, detail, action } = describeError(error);
  return { fields: {}, formProblem: [`${title}.`, detail, action].filter((part) => part !== null).join(' ') };
}

/** Characters that cannot be confused when read aloud or copied by hand. */
const passwordCharacters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groupCount = 4;
const groupLength = 5;

/** A random character, uniformly distributed. Bytes from `limit` on are rejected, because they would favour the first characters. */
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
        onChange={({ currentTarget: { value } }) => onChange({ password: value })}
      />
      <div className="flex gap-8">
        <Button
          size="xs"
          onClick={() => {
            onChange({ password: generatePassword() });
            setVisible(true);
          }}
        >
          {t('form.generate')}
        </Button>
        <Button size="xs" disabled={password === ''} onClick={copy}>
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
        <Radio value="all" label={t('sees.all')} />
        <Radio value="university" label={t('sees.university')} />
      </Radio.Group>
    </>
  );
}

/** Adds or edits a person of the server. An error of the server appears at its field. */
function UserForm({ user, onDone }: { user: User | null; onDone: () => void }) {
  const { t } = useTexts('administration');
  const myId = useSync(({ status }) => status?.server?.user.id);
  const [isSaving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const isNew = user === null;
  const save = async (values: UserValues): Promise<void> => {
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
  const failures = failuresOf(failure);
  const { values, errorAt, change, onSubmit, textField } = useFieldForm<UserValues, UserField>({
    initialValues: user ? valuesOf(user) : blankUser,
    check: (input) => problemsOf(input, isNew),
    failures,
    onEdit: () => setFailure(null),
    save: (input) => !isSaving && void save(input),
  });
  const losesOwnAdmin =
    user?.id === myId && user?.role === 'admin' && (values.role !== 'admin' || !values.active);
  return (
    <form
      className={`stack single gap-16 dialog-form ${styles.form}`}
      noValidate
      autoComplete="off"
      onSubmit={onSubmit}
    >
      <div className="stack top gap-12 halves">
        <TextInput
          data-autofocus
          {...textField('name')}
          label={t('records:field.name')}
          autoComplete="off"
          maxLength={maxLengths.name}
        />
        <TextInput {...textField('email')} label={t('people.email')} autoComplete="off" inputMode="email" />
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
      {losesOwnAdmin && failures.formProblem === null && <p className="small warn">{t('form.lessOwn')}</p>}
      <FormButtons
        failure={failures.formProblem}
        saveLabel={t(isNew ? 'form.add' : 'common:save')}
        saving={isSaving}
        onCancel={onDone}
      />
    </form>
  );
}
