import { Autocomplete, Button, Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTexts } from '../../i18n/setup.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { joinServer } from './actions.ts';
import { failuresOf, firstProblem, givenOf, isFirst, problemsOf } from './join-form.ts';
import type { JoinField, JoinValues } from './join-form.ts';
import { useSync } from './state.ts';
import { Working } from './Working.tsx';
import styles from './sync.module.css';

const blank: JoinValues = {
  url: '',
  way: 'password',
  email: '',
  password: '',
  share: 'all',
  university: '',
  first: false,
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
        <Radio size="xs" value="all" label={t('administration:sees.all')} description={t('form.allHint')} />
        <Radio size="xs" value="one" label={t('form.one')} description={t('form.oneHint')} />
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
export function Join() {
  const { t } = useTexts('sync');
  const [values, setValues] = useState(blank);
  const [isSubmitted, setSubmitted] = useState(false);
  const joining = useSync((sync) => sync.work !== null);
  const failure = useSync((sync) => sync.failure);
  const names = useUniversityNames(values.share === 'one');
  const missing = isSubmitted ? problemsOf(values) : {};
  const { fields: refused, rest } = failuresOf(failure);
  const wrong = (field: JoinField): string | undefined => missing[field] ?? refused[field];
  const change = (part: Partial<JoinValues>): void => {
    setValues((before) => ({ ...before, ...part }));
    if (failure !== null) useSync.setState({ failure: null });
  };
  const onSubmit = (event: FormEvent<HTMLFormElement>): void => {
    event.preventDefault();
    setSubmitted(true);
    const first = firstProblem(problemsOf(values));
    if (first === null) void joinServer(givenOf(values, names));
    else event.currentTarget.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
  };
  const withPassword = values.way === 'password';
  const text = (field: 'url' | 'email' | 'token' | 'name') => ({
    name: field,
    value: values[field],
    error: wrong(field),
    spellCheck: false,
    onChange: (event: { currentTarget: { value: string } }) => change({ [field]: event.currentTarget.value }),
  });
  return (
    <section className={styles.joining} aria-label={t('join.title')}>
      <div>
        <h2>{t('join.title')}</h2>
        <p className="dim">{t('join.what')}</p>
      </div>
      <form className={`stack single gap-16 ${styles.form}`} noValidate onSubmit={onSubmit}>
        <fieldset disabled={joining}>
          <TextInput
            {...text('url')}
            label={t('form.url')}
            placeholder={t('form.urlExample')}
            inputMode="url"
            autoComplete="off"
          />
          <Radio.Group
            label={t('form.way')}
            value={values.way}
            onChange={(next) => change({ way: next === 'university' ? 'university' : 'password' })}
          >
            <Radio size="xs" value="password" label={t('form.byPassword')} />
            <Radio
              size="xs"
              value="university"
              label={t('form.byUniversity')}
              description={t('form.byUniversityHint')}
            />
          </Radio.Group>
          {withPassword && (
            <>
              <TextInput
                {...text('email')}
                label={t('administration:people.email')}
                inputMode="email"
                autoComplete="username"
              />
              <PasswordInput
                name="password"
                label={t('form.password')}
                value={values.password}
                error={wrong('password')}
                autoComplete={values.first ? 'new-password' : 'current-password'}
                {...(values.first ? { description: t('form.passwordRule') } : {})}
                visibilityToggleButtonProps={{ 'aria-label': t('common:reveal') }}
                onChange={({ currentTarget: { value } }) => change({ password: value })}
              />
            </>
          )}
          <ShareChoice values={values} names={names} problem={wrong('university')} onChange={change} />
          {withPassword && (
            <Checkbox
              size="xs"
              label={t('form.first')}
              description={t('form.firstHint')}
              checked={values.first}
              onChange={({ currentTarget: { checked } }) => change({ first: checked })}
            />
          )}
          {isFirst(values) && (
            <div className={styles.first}>
              <TextInput
                {...text('token')}
                label={t('form.token')}
                description={t('form.tokenHint')}
                autoComplete="off"
              />
              <TextInput {...text('name')} label={t('form.name')} autoComplete="name" />
            </div>
          )}
        </fieldset>
        {rest !== null && (
          <p role="alert" className="small bad form-failure">
            {rest}
          </p>
        )}
        {joining ? (
          <Working />
        ) : (
          <div className="flex wrap gap-8">
            <Button type="submit">{t('join.yes')}</Button>
          </div>
        )}
      </form>
    </section>
  );
}
