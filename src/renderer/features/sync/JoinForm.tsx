import { Autocomplete, Button, Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { joinServer } from './actions.ts';
import { failuresOf, firstProblem, inputOf, isBootstrap, problemsOf } from './join-form.ts';
import type { JoinField, JoinValues } from './join-form.ts';
import { useSync } from './state.ts';
import { WorkProgress } from './WorkProgress.tsx';
import styles from './sync.module.css';

const emptyValues: JoinValues = {
  url: '',
  way: 'password',
  email: '',
  password: '',
  share: 'all',
  university: '',
  isFirstAdmin: false,
  token: '',
  name: '',
};

interface ShareProps {
  values: JoinValues;
  names: ReadonlyMap<string, string>;
  problem: string | undefined;
  onChange: (part: Partial<JoinValues>) => void;
}

/** Chooses everything or one university; the university need not exist in this workspace. */
function ShareChoice({ values: { share, university }, names, problem, onChange }: ShareProps) {
  const { t } = useTexts('sync');
  return (
    <div className={styles.share}>
      <Radio.Group
        label={t('form.share')}
        value={share}
        onChange={(next) => onChange({ share: next === 'one' ? 'one' : 'all' })}
      >
        <Radio value="all" label={t('administration:sees.all')} description={t('form.allHint')} />
        <Radio value="one" label={t('form.one')} description={t('form.oneHint')} />
      </Radio.Group>
      {share === 'one' && (
        <Autocomplete
          name="university"
          label={t('records:one.university')}
          data={[...new Set(names.values())]}
          value={university}
          error={problem}
          spellCheck={false}
          autoComplete="off"
          onChange={(next) => onChange({ university: next })}
        />
      )}
    </div>
  );
}

/** The form to join a server, with its progress. An error appears at its field. */
export function JoinForm() {
  const { t } = useTexts('sync');
  const [values, setValues] = useState(emptyValues);
  const [isSubmitted, setSubmitted] = useState(false);
  const isJoining = useSync((sync) => sync.work !== null);
  const failure = useSync((sync) => sync.failure);
  const names = useUniversityNames(values.share === 'one');
  const clientProblems = isSubmitted ? problemsOf(values) : {};
  const { fields: serverProblems, formProblem } = failuresOf(failure);
  const errorAt = (field: JoinField): string | undefined => clientProblems[field] ?? serverProblems[field];
  const changeValues = (part: Partial<JoinValues>): void => {
    setValues((previous) => ({ ...previous, ...part }));
    if (failure !== null) useSync.setState({ failure: null });
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setSubmitted(true);
    const firstInvalid = firstProblem(problemsOf(values));
    if (firstInvalid === null) void joinServer(inputOf(values, names));
    else event.currentTarget.querySelector<HTMLElement>(`[name="${firstInvalid}"]`)?.focus();
  };
  const usesPassword = values.way === 'password';
  const textFieldProps = (field: 'url' | 'email' | 'token' | 'name') => ({
    name: field,
    value: values[field],
    error: errorAt(field),
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) =>
      changeValues({ [field]: event.currentTarget.value }),
  });
  return (
    <section className={styles.joining} aria-label={t('join.title')}>
      <div>
        <h2>{t('join.title')}</h2>
        <p className="dim">{t('join.what')}</p>
      </div>
      <form className={`stack single gap-16 ${styles.form}`} noValidate onSubmit={onSubmit}>
        <fieldset disabled={isJoining}>
          <TextInput
            {...textFieldProps('url')}
            label={t('form.url')}
            placeholder={t('form.urlExample')}
            inputMode="url"
            autoComplete="off"
          />
          <Radio.Group
            label={t('form.way')}
            value={values.way}
            onChange={(next) => changeValues({ way: next === 'university' ? 'university' : 'password' })}
          >
            <Radio value="password" label={t('form.byPassword')} />
            <Radio
              value="university"
              label={t('form.byUniversity')}
              description={t('form.byUniversityHint')}
            />
          </Radio.Group>
          {usesPassword && (
            <>
              <TextInput
                {...textFieldProps('email')}
                label={t('administration:people.email')}
                inputMode="email"
                autoComplete="username"
              />
              <PasswordInput
                name="password"
                label={t('form.password')}
                value={values.password}
                error={errorAt('password')}
                autoComplete={values.isFirstAdmin ? 'new-password' : 'current-password'}
                {...(values.isFirstAdmin ? { description: t('form.passwordRule') } : {})}
                onChange={({ currentTarget: { value } }) => changeValues({ password: value })}
              />
            </>
          )}
          <ShareChoice
            values={values}
            names={names}
            problem={errorAt('university')}
            onChange={changeValues}
          />
          {usesPassword && (
            <Checkbox
              label={t('form.first')}
              description={t('form.firstHint')}
              checked={values.isFirstAdmin}
              onChange={({ currentTarget: { checked } }) => changeValues({ isFirstAdmin: checked })}
            />
          )}
          {isBootstrap(values) && (
            <div className={styles.first}>
              <TextInput
                {...textFieldProps('token')}
                label={t('form.token')}
                description={t('form.tokenHint')}
                autoComplete="off"
              />
              <TextInput {...textFieldProps('name')} label={t('form.name')} autoComplete="name" />
            </div>
          )}
        </fieldset>
        {formProblem !== null && (
          <p role="alert" className="small bad form-failure">
            {formProblem}
          </p>
        )}
        {isJoining ? (
          <WorkProgress />
        ) : (
          <div className="flex wrap gap-8">
            <Button type="submit">{t('join.yes')}</Button>
          </div>
        )}
      </form>
    </section>
  );
}
