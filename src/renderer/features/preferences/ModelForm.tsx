import { PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LanguageModel, LanguageModels } from '#shared/contract/language-models.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { FormButtons } from '../../ui/FormButtons.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';

interface ModelValues {
  name: string;
  url: string;
  model: string;
  key: string;
}

export function addModel(initial: Partial<ModelValues>): void {
  openDialog({ title: say('languageModels:add.title'), size: 520 }, (close) => (
    <ModelForm initial={initial} onDone={close} />
  ));
}

export function editModel(model: LanguageModel): void {
  openDialog({ title: say('languageModels:edit.title'), size: 520 }, (close) => (
    <ModelForm initial={model} editedModel={model} onDone={close} />
  ));
}

interface Props {
  initial: Partial<ModelValues>;
  editedModel?: LanguageModel;
  onDone: () => void;
}

function ModelForm({ initial, editedModel, onDone }: Props) {
  const { t } = useTexts('languageModels');
  const { name = '', url = '', model = '' } = initial;
  const keepsKeys = queryClient.getQueryData<LanguageModels>(queryKeys.languageModels)?.lasting !== false;
  const keyHint = keepsKeys ? 'form.keyHint' : 'form.keyHintUntilEnd';
  const [values, setValues] = useState<ModelValues>({ name, url, model, key: '' });
  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    const { key, ...otherValues } = values;
    const newKey = key.trim() === '' ? null : key.trim();
    if (!editedModel) await api.models.add({ ...otherValues, key: newKey });
    else
      await api.models.update({
        ...otherValues,
        id: editedModel.id,
        ...(newKey !== null && { key: newKey }),
      });
    onDone();
    await queryClient.invalidateQueries({ queryKey: queryKeys.languageModels });
  });
  const field = (name: keyof ModelValues) => ({
    name,
    label: t(`form.${name}`),
    value: values[name],
    spellCheck: false,
    autoComplete: 'off',
    onChange: ({ currentTarget: { value } }: { currentTarget: { value: string } }) => {
      onEdit();
      setValues((previous) => ({ ...previous, [name]: value }));
    },
  });
  return (
    <form className="stack gap-12" noValidate autoComplete="off" onSubmit={onSubmit}>
      <TextInput data-autofocus {...field('name')} maxLength={100} />
      <TextInput {...field('url')} description={t('form.urlHint')} maxLength={2000} />
      <TextInput {...field('model')} description={t('form.modelHint')} maxLength={200} />
      <PasswordInput {...field('key')} description={t(editedModel?.has_key ? 'edit.keyHint' : keyHint)} />
      <FormButtons
        failure={failure}
        saveLabel={editedModel ? t('common:save') : t('add.save')}
        saving={saving}
        blocked={[values.name, values.url, values.model].some((value) => value.trim() === '')}
        onCancel={onDone}
      />
    </form>
  );
}
