import { Button, TextInput } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldsOf } from '#shared/domain/entities.ts';
import { asOwnName, isOwnName, longestOwnName } from '#shared/domain/own-fields.ts';
import type { EntityType } from '#shared/domain/types.ts';
import { fieldName } from '../../../text/names.ts';
import { AddButton } from '../form/AddButton.tsx';

interface Props {
  type: EntityType;
  /** The names of the own fields that there are. */
  known: readonly string[];
  onAdd: (name: string) => void;
}

/** Whether a declared field is called so: one who writes that means the field, and two of one name would be told apart by nobody. */
function isOurs(type: EntityType, name: string): boolean {
  const same = (one: string): boolean => one.toLowerCase() === name.toLowerCase();
  return fieldsOf(type).some(({ key }) => same(key) || same(fieldName(key)));
}

/** Asks for the name of a new own field; its value is then written in its row. */
export function AddOwnField({ type, known, onAdd }: Props) {
  const { t } = useTranslation('own');
  const [name, setName] = useState<string | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const asking = name !== null;
  useEffect(() => {
    if (asking) input.current?.focus();
  }, [asking]);
  const wanted = asOwnName(name ?? '');
  const taken = wanted !== '' && (!isOwnName(type, wanted) || isOurs(type, wanted));
  if (name === null) {
    return <AddButton label={t('add')} onClick={() => setName('')} />;
  }
  const add = (): void => {
    if (wanted === '' || taken) return;
    onAdd(known.find((one) => asOwnName(one) === wanted) ?? wanted);
    setName(null);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Enter') add();
    else setName(null);
  };
  return (
    <div className="own-add">
      <TextInput
        ref={input}
        aria-label={t('name')}
        placeholder={t('name')}
        maxLength={longestOwnName}
        value={name}
        error={taken ? t('taken') : null}
        onChange={(event) => setName(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        onBlur={() => wanted === '' && setName(null)}
      />
      <Button variant="default" disabled={wanted === '' || taken} onClick={add}>
        {t('use')}
      </Button>
    </div>
  );
}
