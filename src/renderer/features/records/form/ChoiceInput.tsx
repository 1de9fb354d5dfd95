import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { choiceName } from '../../../text/names.ts';
import { Lifecycle, LifecycleSign, stageOf } from '../../../ui/Lifecycle.tsx';
import { PickInput } from './PickInput.tsx';
import type { Option } from './PickInput.tsx';
import type { InputProps } from './input-props.ts';
import type { Raw } from './inputs.ts';

/** Stands for "nothing" among options, which cannot be empty. */
const none = '\u0000none';

interface Choice {
  value: Raw;
  name: string;
}

function choicesOf(field: Field, t: (key: 'yes' | 'no') => string): readonly Choice[] {
  if (field.kind === 'boolean') {
    return [
      { value: true, name: t('yes') },
      { value: false, name: t('no') },
    ];
  }
  return (field.list ? vocabulary[field.list] : []).map((value) => ({ value, name: choiceName(value) }));
}

/** A value of an open list: the known ones are offered, any other may be typed. Yes or no is such a list too, but closed. */
export function ChoiceInput({
  field,
  label,
  raw,
  inGrid,
  typed,
  problem,
  onChange,
  onChoose,
  onLeave,
}: InputProps) {
  const { t } = useTranslation(['common', 'panel']);
  // While somebody types the text is theirs; otherwise it is the name of the value.
  const [typing, setTyping] = useState<string | null>(typed ?? null);
  const choices = choicesOf(field, (key) => t(`common:${key}`));
  const closed = field.kind === 'boolean' || field.closed === true;
  const nameOf = (value: Raw): string =>
    choices.find((choice) => choice.value === value)?.name ?? String(value ?? '');
  const query = (typing ?? '').trim().toLowerCase();
  const fitting = choices.filter(({ name, value }) =>
    `${name} ${String(value)}`.toLowerCase().includes(query),
  );
  // Other lists have words of the lifecycle too: only there they have its signs.
  const stageIn = (value: Raw) => (field.list === 'lifecycle' ? stageOf(value) : undefined);
  const stage = typing === null ? stageIn(raw) : undefined;
  const known = choices.some(({ name }) => name.toLowerCase() === query);
  const free: Option[] =
    closed || query === '' || known
      ? []
      : [{ value: (typing ?? '').trim(), label: t('panel:lookup.use', { text: typing ?? '' }) }];
  const options: Option[] = [
    ...fitting.map(({ value, name }) => {
      const shown = stageIn(value);
      return { value: String(value), label: shown ? <Lifecycle stage={shown} /> : name };
    }),
    ...free,
    ...(raw === null || raw === '' || query !== '' ? [] : [{ value: none, label: t('common:none') }]),
  ];
  const read = (value: string): Raw => {
    if (value === none) return field.kind === 'boolean' ? null : '';
    return choices.find((choice) => String(choice.value) === value)?.value ?? value;
  };
  const type = (text: string): void => {
    setTyping(text);
    const match = choices.find(({ name }) => name.toLowerCase() === text.trim().toLowerCase());
    onChange(match ? match.value : text);
  };
  return (
    <PickInput
      label={label}
      text={typing ?? nameOf(raw)}
      value={String(raw ?? '')}
      options={options}
      nothing={t('panel:lookup.none')}
      inGrid={inGrid}
      problem={problem}
      leftSection={stage && !inGrid ? <LifecycleSign stage={stage} /> : null}
      onType={type}
      onTakeBack={() => setTyping(null)}
      onPick={(value) => {
        setTyping(null);
        onChoose(read(value));
      }}
      onLeave={() => {
        setTyping(null);
        onLeave?.();
      }}
    />
  );
}
