import { Button, Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { describeError } from '../../text/faults.ts';

interface Props {
  name: string;
  button: string;
  /** Whether only this person sees it; null leaves the choice, at first for everybody. */
  mine: boolean | null;
  onCancel: () => void;
  onName: (name: string, mine: boolean) => Promise<void>;
}

/** Asks what a view shall be called. What could not be saved stays, with the reason. */
export function NameForm({ name, button, mine, onCancel, onName }: Props) {
  const { t } = useTranslation(['views', 'common']);
  const [text, setText] = useState(name);
  const [failure, setFailure] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const [whose, setWhose] = useState(mine === true ? 'me' : 'all');
  const save = async (): Promise<void> => {
    if (saving) return;
    if (text.trim() === '') {
      setFailure(t('nameNeeded'));
      return;
    }
    setSaving(true);
    try {
      await onName(text.trim(), whose === 'me');
    } catch (error) {
      const { title, detail } = describeError(error);
      setFailure(detail === null ? title : `${title}. ${detail}`);
      setSaving(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void save();
  };
  return (
    <form className="view-form" onSubmit={submit}>
      <TextInput
        data-autofocus
        label={t('name')}
        {...(mine === null ? {} : { description: t(mine ? 'onlyMeHint' : 'nameHint') })}
        value={text}
        maxLength={200}
        error={failure}
        onChange={(event) => {
          setText(event.currentTarget.value);
          setFailure(null);
        }}
      />
      {mine === null && (
        <Radio.Group label={t('whoSees')} value={whose} onChange={setWhose}>
          <div className="view-whose">
            <Radio value="all" label={t('everybody')} />
            <Radio value="me" label={t('onlyMe')} description={t('onlyMeHint')} />
          </div>
        </Radio.Group>
      )}
      <div className="dialog-buttons">
        <Button variant="default" onClick={onCancel}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {button}
        </Button>
      </div>
    </form>
  );
}
