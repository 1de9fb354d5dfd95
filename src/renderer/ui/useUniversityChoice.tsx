import { Select } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';
import { useMe } from '../stores/profile.ts';
import { useUniversityNames } from '../stores/useUniversityNames.ts';

const allUniversities = '';

/** A field for one university or all (null). Starts with the actor's university, or with all for people who `startWithAll`. */
export function useUniversityChoice(startWithAll = false): { university: string | null; field: ReactNode } {
  const { t } = useTexts('grid');
  const me = useMe();
  const names = useUniversityNames();
  const [value, setValue] = useState((startWithAll ? null : me?.university_id) ?? allUniversities);
  const field = (
    <Select
      label={t('records:one.university')}
      data={[
        { value: allUniversities, label: t('all.university') },
        ...[...names].map(([id, label]) => ({ value: id, label })),
      ]}
      value={value}
      onChange={(chosen) => setValue(chosen ?? allUniversities)}
    />
  );
  return { university: value === allUniversities ? null : value, field };
}

/** Like `useUniversityChoice`, for changes that only admins and researchers can make in all universities. */
export function useChangeScope(): ReturnType<typeof useUniversityChoice> {
  const role = useMe()?.role;
  return useUniversityChoice(role === 'admin' || role === 'researcher');
}
