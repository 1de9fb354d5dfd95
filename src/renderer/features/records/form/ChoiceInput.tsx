import { foldText } from '#shared/domain/fold.ts';
import { useRef, useState } from 'react';
import type { Field } from '#shared/domain/entities.ts';
import { vocabulary } from '#shared/domain/vocabulary.ts';
import { say, useTexts } from '../../../i18n/setup.ts';
import { choiceName, lookUp } from '../../../text/names.ts';
import type { Raw } from './values.ts';
import { Lifecycle, LifecycleSign, stageOf } from '../../../ui/Lifecycle.tsx';
import { PickInput } from './PickInput.tsx';
import type { Option } from './PickInput.tsx';
import { impliedText } from './BondInput.tsx';
import type { InputProps } from './BlockInput.tsx';

export interface Choice {
  value: Raw;
  name: string;
}

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
export function matchingChoices(choices: readonly Choice[], text: string): readonly Choice[] {
  const query = foldText(text);
  const begins = ({ name, value }: Choice): boolean =>
    foldText(name).startsWith(query) || foldText(String(value)).startsWith(query);
  const contains = ({ name, value }: Choice): boolean => foldText(`${name} ${String(value)}`).includes(query);
  return [...choices.filter(begins), ...choices.filter((choice) => !begins(choice) && contains(choice))];
}

/** What a choice implies, in its second line; '' if that needs no words. */
function detailOf({ list }: Field, value: string): string {
  if (list === 'bond_type') return impliedText(value);
  return list === 'importance' ? (lookUp(`records:counts.${value}`) ?? '') : '';
}

/** The value of the option for "no value", because the value of an option cannot be empty. */
const noValue = '\u0000none';

/** An input for an open list: known values are offered, others can be typed. Booleans are a closed list. */
export function ChoiceInput({
  id,
  field,
  label,
  raw,
  inGrid,
  openingText,
  problem,
  placeholder,
  onChange,
  onChoose,
  onLeave,
}: InputProps) {
  const { t } = useTexts('common');
  // Null unless the person is typing; then the label of the value is shown.
  const [typedText, setTypedText] = useState<string | null>(openingText ?? null);
  const rawBefore = useRef(raw);
  const choices = choicesOf(field);
  const isClosed = field.kind === 'boolean' || field.closed === true;
  const nameOf = (value: Raw): string =>
    choices.find((choice) => choice.value === value)?.name ?? String(value ?? '');
  const trimmedText = (typedText ?? '').trim();
  const matches = matchingChoices(choices, trimmedText);
  // Only the lifecycle list has lifecycle icons, although others share its words.
  const stageOfValue = (value: Raw) => (field.list === 'lifecycle' ? stageOf(value) : undefined);
  const stage = typedText === null ? stageOfValue(raw) : undefined;
  const isKnownName = choices.some(({ name }) => foldText(name) === foldText(trimmedText));
  const freeOptions: Option[] =
    isClosed || trimmedText === '' || isKnownName
      ? []
      : [{ value: trimmedText, label: t('panel:lookup.use', { text: trimmedText }) }];
  const options: Option[] = [
    ...matches.map(({ value, name }) => {
      const optionStage = stageOfValue(value);
      const label = optionStage ? <Lifecycle stage={optionStage} /> : name;
      return {
        value: String(value),
        label,
        detail: detailOf(field, String(value)),
      };
    }),
    ...freeOptions,
    ...(raw === null || raw === '' || trimmedText !== ''
      ? []
      : [{ value: noValue, label: t('common:none') }]),
  ];
  // The typed text is the last option, so it is the best one only if no known value matches.
  const bestIndex = trimmedText === '' || options.length === 0 ? -1 : 0;
  const choose = (value: string): void => {
    setTypedText(null);
    if (value === noValue) onChoose(field.kind === 'boolean' ? null : '');
    else onChoose(choices.find((choice) => String(choice.value) === value)?.value ?? value);
  };
  const onType = (text: string): void => {
    if (typedText === null) rawBefore.current = raw;
    setTypedText(text);
    const match = choices.find(({ name }) => foldText(name) === foldText(text.trim()));
    onChange(match ? match.value : text);
  };
  const leave = (): void => {
    const suggestion = options[bestIndex];
    if (typedText !== null && suggestion) choose(suggestion.value);
    else {
      setTypedText(null);
      onLeave?.();
    }
  };
  return (
    <PickInput
      id={id}
      label={label}
      text={typedText ?? nameOf(raw)}
      isTyping={typedText !== null}
      value={typedText === null ? String(raw ?? '') : ''}
      options={options}
      bestIndex={bestIndex}
      emptyText={t('nothingFound')}
      inGrid={inGrid}
      problem={problem}
      placeholder={placeholder ?? ''}
      leftSection={stage && !inGrid ? <LifecycleSign stage={stage} /> : null}
      onType={onType}
      onRevert={() => {
        if (typedText !== null) onChange(rawBefore.current);
        setTypedText(null);
      }}
      onPick={choose}
      onUnmatched={() => false}
      onLeave={leave}
    />
  );
}
