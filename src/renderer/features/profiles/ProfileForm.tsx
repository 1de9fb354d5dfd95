import { Button, Radio, Select, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import type { Role } from '#shared/domain/vocabulary.ts';
import { api } from '../../api/client.ts';
import { keys } from '../../stores/queries.ts';
import { titleOr } from '../../text/names.ts';
import { notice } from '../../ui/notices.tsx';
import { useSubmit } from '../../ui/useSubmit.ts';
import { offerOf, switchTo } from './switchTo.ts';

const universities = ['university'] as const;

function useUniversities(text: string): { value: string; label: string }[] {
  const [settled] = useDebouncedValue(text.trim(), 100);
  const { data = [] } = useQuery({
    queryKey: [...keys.lookup(universities, settled), 'profile'],
    queryFn: ({ signal }) =>
      api.entities.lookup({ types: [...universities], text: settled, limit: 100 }, { signal }),
    placeholderData: keepPreviousData,
  });
  return data.map((ref) => ({ value: ref.id, label: titleOr(ref.title, ref.type) }));
}

/** Name, role and university of a new profile. What could not be saved stays, with the reason. */
export function ProfileForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation(['profiles', 'common']);
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('editor');
  const [university, setUniversity] = useState<string | null>(null);
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const options = useUniversities(text);
  const nameMissing = asked && name.trim() === '';
  const universityMissing = role === 'editor' && university === null && name.trim() !== '';

  const { saving, failure, onSubmit } = useSubmit(async () => {
    setAsked(true);
    if (name.trim() === '') return;
    const made = await api.workspace.createProfile({ name: name.trim(), role, university_id: university });
    onDone();
    notice({
      id: offerOf(made.id),
      title: t('form.added', { name: made.name }),
      action: { label: t('form.act', { name: made.name }), run: () => void switchTo(made.id) },
    });
  });

  return (
    <form className="profile-form" onSubmit={onSubmit}>
      <TextInput
        data-autofocus
        label={t('form.name')}
        value={name}
        maxLength={300}
        error={nameMissing ? t('form.nameNeeded') : undefined}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Radio.Group label={t('form.role')} value={role} onChange={setRole}>
        {vocabulary.role.map((one) => (
          <Radio key={one} size="xs" value={one} label={t(`role.${one}`)} description={t(`may.${one}`)} />
        ))}
      </Radio.Group>
      <div>
        <Select
          label={t('form.university')}
          description={t('form.universityHint')}
          placeholder={t('form.universityNone')}
          data={options}
          value={university}
          onChange={setUniversity}
          searchable
          clearable
          searchValue={text}
          onSearchChange={setText}
        />
        <p className="profile-warning" aria-hidden={!universityMissing}>
          {t('form.universityNeeded')}
        </p>
      </div>
      {failure !== null && (
        <p role="alert" className="profile-failure">
          {t('form.failed')}: {failure}
        </p>
      )}
      <p className="dim profile-small">{t('note')}</p>
      <div className="dialog-buttons">
        <Button variant="default" onClick={onDone}>
          {t('common:cancel')}
        </Button>
        <Button type="submit" loading={saving}>
          {t('form.save')}
        </Button>
      </div>
    </form>
  );
}
