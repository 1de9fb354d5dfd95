import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import styles from './preferences.module.css';

interface Values {
  name: string;
  url: string;
  model: string;
  key: string;
}

/** Opens the form to add a language model. */
export function addModel(given: Partial<Values>): void {
  openDialog({ title: say('languageModels:add.title'), size: 520 }, (close) => (
    <ModelForm given={given} onDone={close} />
  ));
}

function ModelForm({ given, onDone }: { given: Partial<Values>; onDone: () => void }) {
  const { t } = useTexts('languageModels');
  const [values, setValues] = useState<Values>({ name: '', url: '', model: '', key: '', ...given });
  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    const { key, ...rest } = values;
    await api.models.add({ ...rest, key: key.trim() === '' ? null : key.trim() });
    onDone();
    await queries.invalidateQueries({ queryKey: keys.languageModels });
  });
  const field = (name: keyof Values) => ({
    name,
    label: t(`form.${name}`),
    value: values[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      onEdit();
      setValues((before) => ({ ...before, [name]: value }));
    },
  });
  return (
    <form className={styles.form} noValidate autoComplete="off" onSubmit={onSubmit}>
      <TextInput data-autofocus {...field('name')} maxLength={100} />
      <TextInput {...field('url')} description={t('form.urlHint')} maxLength={2000} />
      <TextInput {...field('model')} description={t('form.modelHint')} maxLength={200} />
      <PasswordInput
        {...field('key')}
        description={t('form.keyHint')}
        visibilityToggleButtonProps={{ 'aria-label': t('common:reveal') }}
      />
      <FormEnd
        failure={failure}
        save={t('add.button')}
        saving={saving}
        blocked={[values.name, values.url, values.model].some((value) => value.trim() === '')}
        onCancel={onDone}
      />
    </form>
  );
}
