import { Checkbox, Radio, Stack, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useUniversityNames } from '../../../stores/useUniversityNames.ts';
import { LookupInput } from '../../records/form/LookupInput.tsx';
import type { WizardStore } from '../useDraft.ts';

/** Which university everything belongs to: a new one, or one that is there. */
export function UniversityStep({ draft, change }: WizardStore) {
  const { t } = useTranslation('wizard');
  const { university } = draft;
  const titles = useUniversityNames();
  const set = (part: Partial<typeof university>): void => change({ university: { ...university, ...part } });
  return (
    <Stack gap="sm" className="wizard-university">
      <p>{t('university.text')}</p>
      <Radio.Group
        aria-label={t('university.text')}
        value={university.kind}
        onChange={(kind) => set({ kind: kind === 'existing' ? 'existing' : 'new' })}
      >
        <Stack gap={6}>
          <Radio value="new" label={t('university.new')} />
          <Radio value="existing" label={t('university.existing')} />
        </Stack>
      </Radio.Group>
      {university.kind === 'new' ? (
        <>
          <TextInput
            label={t('university.name')}
            placeholder={t('university.namePlaceholder')}
            value={university.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
            onKeyDown={(event) => {
              const isEnter = event.key === 'Enter' && !event.nativeEvent.isComposing;
              if (isEnter && university.name.trim() !== '') change({ step: 'teams' });
            }}
          />
          <Checkbox
            label={t('university.lead')}
            checked={university.lead}
            onChange={(event) => set({ lead: event.currentTarget.checked })}
          />
        </>
      ) : (
        <LookupInput
          label={t('university.choose')}
          types={['university']}
          id={university.existing}
          title={titles.get(university.existing) ?? ''}
          near=""
          optional={false}
          placeholder={t('university.choose')}
          onChoose={(id) => set({ existing: typeof id === 'string' ? id : '' })}
        />
      )}
    </Stack>
  );
}
