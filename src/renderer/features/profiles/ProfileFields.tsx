import { Input, Radio, TextInput } from '@mantine/core';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { Profile } from '#shared/contract/workspace.ts';
import { longest } from '#shared/domain/limits.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { LookupInput } from '../records/form/LookupInput.tsx';

/** What a person says of a profile. */
export type ProfileValues = Pick<Profile, 'name' | 'role' | 'university_id'>;

/** What is missing in the fields. */
export interface Missing {
  name: boolean;
  /** What is typed for the university means none. */
  university: boolean;
}

export interface RoleWarning {
  text: string;
  shown: boolean;
}

interface Props {
  values: ProfileValues;
  missing: Missing;
  /** What the role takes from whoever chooses it; null where it takes nothing from anybody here. */
  warning?: RoleWarning | null;
  arrives?: boolean;
  onChange: (part: Partial<ProfileValues>) => void;
  onSettled: (settled: boolean) => void;
}

/** The place of a warning is kept where it may come: what stands beneath must not move from under the pointer. */
function Warning({ text, shown }: RoleWarning) {
  return (
    <p className="profile-warning" aria-hidden={!shown}>
      {text}
    </p>
  );
}

/** Name, role and university of a profile. */
export function ProfileFields({
  values,
  missing,
  warning = null,
  arrives = true,
  onChange,
  onSettled,
}: Props) {
  const { t } = useTranslation('profiles');
  const { name, role, university_id } = values;
  const universityField = useId();
  const universityMissing = role === 'editor' && university_id === null && name.trim() !== '';
  return (
    <>
      <TextInput
        {...(arrives ? { 'data-autofocus': true } : {})}
        label={t('form.name')}
        value={name}
        maxLength={longest.name}
        error={missing.name ? t('form.nameNeeded') : undefined}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <div>
        <Radio.Group label={t('form.role')} value={role} onChange={(next) => onChange({ role: next })}>
          {vocabulary.role.map((one) => (
            <Radio key={one} size="xs" value={one} label={t(`role.${one}`)} description={t(`may.${one}`)} />
          ))}
        </Radio.Group>
        {warning && <Warning {...warning} />}
      </div>
      <div>
        <Input.Wrapper
          id={universityField}
          label={t('form.university')}
          description={t('form.universityHint')}
        >
          <LookupInput
            inputId={universityField}
            label={t('form.university')}
            types={['university']}
            id={university_id ?? ''}
            optional
            problem={missing.university ? t('form.universityUnclear') : undefined}
            onChoose={(id) => onChange({ university_id: id === '' ? null : id })}
            onSettled={onSettled}
          />
        </Input.Wrapper>
        <Warning text={t('form.universityNeeded')} shown={universityMissing} />
      </div>
    </>
  );
}
