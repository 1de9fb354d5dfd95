import { foldText } from '#shared/domain/fold.ts';
import { useRef, useState } from 'react';
import type { Field } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { choiceName } from '../../../text/names.ts';
import type { Raw } from './values.ts';
import { Lifecycle, LifecycleSign, stageOf } from '../../../ui/Lifecycle.tsx';
import { PickInput } from './PickInput.tsx';
import type { Option } from './PickInput.tsx';
import type { InputProps } from './BlockInput.tsx';

export interface Choice {
  value: Raw;
  name: string;
}

/** The known values of a field with their labels. */
export function choicesOf(field: Pick<Field, 'kind' | 'list'>): readonly Choice[] {
  if (field.kind === 'boolean') {
    return [
      { value: true, name: say('common:yes') },
      { value: false, name: say('common:no') },
    ];
  }
  return (field.list ? vocabulary[field.list] : []).map((value) => ({ value, name: choiceName(value) }));
}

/** Choices whose label or value contains `text`, those that begin with it first. */
export function fittingChoices(choices: readonly Choice[], text: string): readonly Choice[] {
  const query = foldText(text);
  const begins = ({ name, value }: Choice): boolean =>
    foldText(name).startsWith(query) || foldText(String(value)).startsWith(query);
  const has = ({ name, value }: Choice): boolean => foldText(`${name} ${String(value)}`).includes(query);
  return [...choices.filter(begins), ...choices.filter((choice) => !begins(choice) && has(choice))];
}

/** Stands for no value among options, which cannot be empty. */
const none = '\u0000none';

/** An input for an open list: known values are offered, others may be typed. Booleans are a closed list. */
export function ChoiceInput({
  id,
  field,
  label,
  raw,
  inGrid,
  typed,
  problem,
  placeholder,
  onChange,
  onChoose,
  onLeave,
}: InputProps) {
  const { t } = useTexts('common');
  // The typed text while typing; otherwise the label of the value.
  const [typing, setTyping] = useState<string | null>(typed ?? null);
  const before = useRef(raw);
  const choices = choicesOf(field);
  const closed = field.kind === 'boolean' || field.closed === true;
  const nameOf = (value: Raw): string =>
    choices.find((choice) => choice.value === value)?.name ?? String(value ?? '');
  const own = (typing ?? '').trim();
  const fitting = fittingChoices(choices, own);
  // Only the lifecycle list has lifecycle icons, although others share its words.
  const stageIn = (value: Raw) => (field.list === 'lifecycle' ? stageOf(value) : undefined);
  const stage = typing === null ? stageIn(raw) : undefined;
  const known = choices.some(({ name }) => foldText(name) === foldText(own));
  const free: Option[] =
    closed || own === '' || known ? [] : [{ value: own, label: t('panel:lookup.use', { text: own }) }];
  const options: Option[] = [
    ...fitting.map(({ value, name }) => {
      const shown = stageIn(value);
      return { value: String(value), label: shown ? <Lifecycle stage={shown} /> : name };
    }),
    ...free,
    ...(raw === null || raw === '' || own !== '' ? [] : [{ value: none, label: t('common:none') }]),
  ];
  // The literal text counts only if no known value fits.
  const best = own === '' || options.length === 0 ? -1 : 0;
  const choose = (value: string): void => {
    setTyping(null);
    if (value === none) onChoose(field.kind === 'boolean' ? null : '');
    else onChoose(choices.find((choice) => String(choice.value) === value)?.value ?? value);
  };
  const type = (text: string): void => {
    if (typing === null) before.current = raw;
    setTyping(text);
    const match = choices.find(({ name }) => foldText(name) === foldText(text.trim()));
    onChange(match ? match.value : text);
  };
  const leave = (): void => {
    const suggestion = options[best];
    if (typing !== null && suggestion) choose(suggestion.value);
    else {
      setTyping(null);
      onLeave?.();
    }
  };
  return (
    <PickInput
      id={id}
      label={label}
      text={typing ?? nameOf(raw)}
      typing={typing !== null}
      value={typing === null ? String(raw ?? '') : ''}
      options={options}
      best={best}
      nothing={t('nothingFound')}
      inGrid={inGrid}
      problem={problem}
      placeholder={placeholder ?? ''}
      leftSection={stage && !inGrid ? <LifecycleSign stage={stage} /> : null}
      onType={type}
      onTakeBack={() => {
        if (typing !== null) onChange(before.current);
        setTyping(null);
      }}
      onPick={choose}
      onUnmatched={() => false}
      onLeave={leave}
    />
  );
}
