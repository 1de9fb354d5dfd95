import { Input, Radio, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { hookKinds } from '#shared/contract/server/hooks.ts';
import type { HookKind } from '#shared/contract/server/hooks.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { api } from '../../api/client.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { openDialog } from '../../ui/dialog.tsx';
import { DialogForm } from '../../ui/DialogForm.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { LookupInput } from '../records/form/LookupInput.tsx';
import { showChangedHooks } from './changed-hooks.tsx';
import styles from './administration.module.css';

const formWidth = 560;

export function addHook(): void {
  openDialog({ title: say('administration:hooks.add'), size: formWidth }, (close) => (
    <HookForm onDone={close} />
  ));
}

function HookForm({ onDone }: { onDone: () => void }) {
  const { t } = useTexts('administration');
  const fieldId = useId();
  const [direction, setDirection] = useState<'in' | 'out'>('in');
  const [kind, setKind] = useState<HookKind>('github');
  const [repository, setRepository] = useState('');
  const [url, setUrl] = useState('');
  const isIn = direction === 'in';
  const { saving, failure, onSubmit, onEdit } = useSubmit(async () => {
    const { secret } = await api.administration.createHook(
      isIn ? { kind, repository_id: repository } : { url: url.trim() },
    );
    onDone();
    await showChangedHooks(secret);
  });
  const label = t('records:one.repository');
  return (
    <DialogForm
      onSubmit={onSubmit}
      failure={failure}
      saveLabel={t('hooks.add')}
      saving={saving}
      blocked={(isIn ? repository : url.trim()) === ''}
      onCancel={onDone}
    >
      <Radio.Group
        className={styles.choices}
        label={t('hooks.direction')}
        value={direction}
        onChange={(next) => setDirection(next === 'in' ? 'in' : 'out')}
      >
        <Radio value="in" label={t('hooks.in')} />
        <Radio value="out" label={t('hooks.out')} />
      </Radio.Group>
      {isIn ? (
        <>
          <Radio.Group label={t('hooks.sender')} value={kind} onChange={setKind}>
            <div className="flex wrap gap-12">
              {hookKinds.map((value) => (
                <Radio key={value} value={value} label={t(`hooks.kind.${value}`)} />
              ))}
            </div>
          </Radio.Group>
          <Input.Wrapper id={fieldId} label={label}>
            <LookupInput
              inputId={fieldId}
              label={label}
              types={['repository']}
              id={repository}
              placeholder={t('hooks.choose')}
              onChoose={(id) => {
                onEdit();
                setRepository(id);
              }}
            />
          </Input.Wrapper>
        </>
      ) : (
        <TextInput
          label={t('hooks.address')}
          description={t('hooks.addressHint')}
          maxLength={maxLengths.url}
          spellCheck={false}
          value={url}
          onChange={({ currentTarget: { value } }) => {
            onEdit();
            setUrl(value);
          }}
        />
      )}
    </DialogForm>
  );
}
