import { Autocomplete, Button, Checkbox, PasswordInput, Radio, TextInput } from '@mantine/core';
import { useTexts } from '../../i18n/setup.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { joinServer } from './actions.ts';
import { CheckedConnection } from './ConnectionCheck.tsx';
import { failuresOf, inputOf, isBootstrap, problemsOf, serverUrlOf } from './join-form.ts';
import type { JoinField, JoinValues } from './join-form.ts';
import { useFieldForm } from '../../ui/field-form.ts';
import { useSync } from './state.ts';
import { WorkProgress } from './Overview.tsx';
import styles from './sync.module.css';
import { FormFailure } from '../../ui/FormButtons.tsx';

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
  const isJoining = useSync((sync) => sync.work !== null);
  const failure = useSync((sync) => sync.failure);
  const failures = failuresOf(failure);
  const { values, errorAt, change, onSubmit, textField } = useFieldForm<JoinValues, JoinField>({
    initialValues: emptyValues,
    check: problemsOf,
    failures,
    onEdit: () => failure !== null && useSync.setState({ failure: null }),
    save: (input) => void joinServer(inputOf(input, names)),
  });
  const names = useUniversityNames(values.share === 'one');
  const usesPassword = values.way === 'password';
  return (
    <section className={styles.joining} aria-label={t('join.title')}>
      <div>
        <h2>{t('join.title')}</h2>
        <p className="dim">{t('join.what')}</p>
      </div>
      <form className={`stack single gap-16 ${styles.form}`} noValidate onSubmit={onSubmit}>
        <fieldset disabled={isJoining}>
          <TextInput
            {...textField('url')}
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
                {...textField('email')}
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
                onChange={({ currentTarget: { value } }) => change({ password: value })}
              />
            </>
          )}
          <ShareChoice values={values} names={names} problem={errorAt('university')} onChange={change} />
          {usesPassword && (
            <Checkbox
              label={t('form.first')}
              description={t('form.firstHint')}
              checked={values.isFirstAdmin}
              onChange={({ currentTarget: { checked } }) => change({ isFirstAdmin: checked })}
            />
          )}
          {isBootstrap(values) && (
            <div className={styles.first}>
              <TextInput
                {...textField('token')}
                label={t('form.token')}
                description={t('form.tokenHint')}
                autoComplete="off"
              />
              <TextInput {...textField('name')} label={t('form.name')} autoComplete="name" />
            </div>
          )}
        </fieldset>
        <FormFailure text={failures.formProblem} />
        {isJoining ? (
          <WorkProgress />
        ) : (
          <CheckedConnection url={serverUrlOf(values)}>
            <Button variant="filled" type="submit">
              {t('join.yes')}
            </Button>
          </CheckedConnection>
        )}
      </form>
    </section>
  );
}
