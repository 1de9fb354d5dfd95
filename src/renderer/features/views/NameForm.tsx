import { Radio, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormEnd } from '../../ui/FormEnd.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';

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
  const { t } = useTranslation('views');
  const [text, setText] = useState(name);
  const [whose, setWhose] = useState(mine === true ? 'me' : 'all');
  const [asked, setAsked] = useState(false);
  const { saving, failure, onSubmit } = useSubmit(async () => {
    setAsked(true);
    if (text.trim() !== '') await onName(text.trim(), whose === 'me');
  });
  return (
    <form className="view-form" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('name')}
        {...(mine === null ? {} : { description: t(mine ? 'onlyMeHint' : 'nameHint') })}
        value={text}
        maxLength={200}
        error={asked && text.trim() === '' ? t('nameNeeded') : failure}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {mine === null && (
        <Radio.Group label={t('whoSees')} value={whose} onChange={setWhose}>
          <div className="view-whose">
            <Radio value="all" label={t('everybody')} />
            <Radio value="me" label={t('onlyMe')} description={t('onlyMeHint')} />
          </div>
        </Radio.Group>
      )}
      <FormEnd save={button} saving={saving} onCancel={onCancel} />
    </form>
  );
}
