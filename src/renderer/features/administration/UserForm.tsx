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
import { FormEnd } from '../../ui/FormEnd.tsx';
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
  const isPassword = passwordForm.safeParse(password).success || (!isNew && password === '');
  return {
    ...(name.trim() === '' ? { name: say('sync:form.needed') } : {}),
    ...(emailForm.safeParse(email.trim()).success ? {} : { email: say('administration:form.emailNeeded') }),
    ...(university === null ? {} : { university }),
    ...(isPassword ? {} : { password: say('sync:form.passwordRule') }),
  };
}

const firstProblem = (problems: Problems): UserField | null =>
  fields.find((field) => problems[field] !== undefined) ?? null;

function givenOf({ name, email, role, university, sees }: UserValues) {
  return {
    name: name.trim(),
    email: email.trim().toLowerCase(),
    role,
    university_id: university === '' ? null : university,
    sees,
  };
}

/** Only the changed values, so that concurrent changes of other values stay. */
function changeOf(user: User, values: UserValues) {
  const { active, password } = values;
  const changed = Object.entries({ ...givenOf(values), active }).filter(
    ([field, value]) => user[field as keyof User] !== value,
  );
  return { ...Object.fromEntries(changed), ...(password === '' ? {} : { password }) };
}

const fieldOf = (path: string): UserField | undefined =>
  path === 'university_id' ? 'university' : fields.find((field) => field === path);

/** Why saving failed: at a field if the error concerns one, else for the whole form. */
function failuresOf(error: unknown): { fields: Problems; rest: string | null } {
  if (error === null) return { fields: {}, rest: null };
  const issues = faultData(error, 'INVALID')?.issues ?? [];
  const known = issues.flatMap((issue) => {
    const field = fieldOf(issue.path);
    if (!field) return [];
    const isTaken = field === 'email' && issue.code === 'taken';
    const text = isTaken ? say('administration:form.emailTaken') : issueText({ ...issue, path: '' });
    return [[field, text] as const];
  });
  if (known.length > 0 && known.length === issues.length)
    return { fields: Object.fromEntries(known), rest: null };
  const { title, detail, action } = describeError(error);
  return { fields: {}, rest: [`${title}.`, detail, action].filter((part) => part !== null).join(' ') };
}

/** Characters that cannot be confused when read aloud or copied by hand. */
const signs = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;
const groupLength = 5;

/** A random character, uniformly distributed: bytes beyond the last full multiple are rejected. */
function randomSign(): string {
  const most = 256 - (256 % signs.length);
  for (;;) {
    const [byte = 255] = crypto.getRandomValues(new Uint8Array(1));
    if (byte < most) return signs.charAt(byte % signs.length);
  }
}

/** A new readable password such as "k7wtm-…" with about 99 bits. */
function generatePassword(): string {
  const group = (): string => Array.from({ length: groupLength }, randomSign).join('');
  return Array.from({ length: groups }, group).join('-');
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
  wrong: (field: UserField) => string | undefined;
  onChange: (part: Partial<UserValues>) => void;
}

function Password({ values: { password }, wrong, onChange, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTexts('administration');
  const [shown, setShown] = useState(false);
  const copy = (): void => {
    const isDone = copyText(password);
    notice({
      id: 'password-copied',
      title: t(isDone ? 'form.copied' : 'form.notCopied'),
      ...(isDone ? {} : { tone: 'bad' as const }),
    });
  };
  return (
    <div className="stack gap-8">
      <PasswordInput
        name="password"
        label={t(isNew ? 'sync:form.password' : 'sync:password.password')}
        description={t(isNew ? 'form.passwordHint' : 'form.newPasswordHint')}
        value={password}
        error={wrong('password')}
        visible={shown}
        onVisibilityChange={setShown}
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
            setShown(true);
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

function Rights({ values: { role, university, sees }, wrong, onChange }: FieldsProps) {
  const { t } = useTexts('administration');
  const field = useId();
  return (
    <>
      <Radio.Group
        className={styles.choices}
        label={t('records:field.role')}
        value={role}
        onChange={(next) => onChange({ role: next })}
      >
        {vocabulary.role.map((one) => (
          <Radio
            key={one}
            size="xs"
            value={one}
            label={
              <>
                {roleName(one)}{' '}
                <span className="dim">– {one === 'admin' ? t('form.admin') : t(`profiles:may.${one}`)}</span>
              </>
            }
          />
        ))}
      </Radio.Group>
      <Input.Wrapper id={field} label={t('records:one.university')} description={t('form.universityHint')}>
        <LookupInput
          inputId={field}
          label={t('records:one.university')}
          types={['university']}
          id={university}
          optional
          problem={wrong('university')}
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
  const me = useSync(({ status }) => status?.server?.user.id);
  const [values, setValues] = useState(user ? valuesOf(user) : blankUser);
  const [isSubmitted, setSubmitted] = useState(false);
  const [saving, setSaving] = useState(false);
  const [failure, setFailure] = useState<unknown>(null);
  const isNew = user === null;
  const missing = isSubmitted ? problemsOf(values, isNew) : {};
  const { fields: refused, rest } = failuresOf(failure);
  const wrong = (field: UserField): string | undefined => missing[field] ?? refused[field];
  const change = (part: Partial<UserValues>): void => {
    setValues((before) => ({ ...before, ...part }));
    setFailure(null);
  };
  const save = async (): Promise<void> => {
    setSaving(true);
    setFailure(null);
    try {
      const { name } = user
        ? await api.administration.updateUser({ id: user.id, ...changeOf(user, values) })
        : await api.administration.createUser({ ...givenOf(values), password: values.password });
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
    event.preventDefault();
    setSubmitted(true);
    const first = firstProblem(problemsOf(values, isNew));
    if (first !== null) event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
    else if (!saving) void save();
  };
  const text = (field: 'name' | 'email') => ({
    name: field,
    label: field === 'name' ? t('records:field.name') : t('people.email'),
    value: values[field],
    error: wrong(field),
    spellCheck: false,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  const losesOwn = user?.id === me && user?.role === 'admin' && (values.role !== 'admin' || !values.active);
  return (
    <form className={`stack single gap-16 ${styles.form}`} noValidate autoComplete="off" onSubmit={onSubmit}>
      <div className="stack top gap-12 halves">
        <TextInput data-autofocus {...text('name')} maxLength={maxLengths.name} />
        <TextInput {...text('email')} inputMode="email" />
      </div>
      <Rights values={values} wrong={wrong} onChange={change} />
      <Password values={values} wrong={wrong} onChange={change} isNew={isNew} />
      {user && (
        <Checkbox
          label={t('form.active')}
          description={t('form.activeHint')}
          checked={values.active}
          onChange={({ currentTarget: { checked } }) => change({ active: checked })}
        />
      )}
      {losesOwn && rest === null && <p className="small warn">{t('form.lessOwn')}</p>}
      <FormEnd
        failure={rest}
        save={t(isNew ? 'form.add' : 'common:save')}
        saving={saving}
        onCancel={onDone}
      />
    </form>
  );
}
