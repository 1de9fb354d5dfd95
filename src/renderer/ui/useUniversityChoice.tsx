import { Select } from '@mantine/core';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { useTexts } from '../i18n/setup.ts';
import { useMe } from '../stores/profile.ts';
import { useUniversityNames } from '../stores/useUniversityNames.ts';

const allUniversities = '';

/** A field for one university or all (null). Starts with the actor's university, or with all if `startsWithAll`. */
export function useUniversityChoice(startsWithAll = false): { university: string | null; field: ReactNode } {
  const { t } = useTexts('grid');
  const me = useMe();
  const names = useUniversityNames();
  const [value, setValue] = useState((startsWithAll ? null : me?.university_id) ?? allUniversities);
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

/** Like `useUniversityChoice`, but starts with all for admins and researchers, the only ones who can change all universities. */
export function useChangeScope(): ReturnType<typeof useUniversityChoice> {
  const role = useMe()?.role;
  return useUniversityChoice(role === 'admin' || role === 'researcher');
}
