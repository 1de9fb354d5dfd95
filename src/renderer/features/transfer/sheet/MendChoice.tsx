import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Field } from '#shared/domain/entities.ts';
import { choiceName } from '../../../text/names.ts';
import { choicesOf, fittingChoices } from '../../records/form/ChoiceInput.tsx';
import type { Choice } from '../../records/form/ChoiceInput.tsx';
import { PickInput } from '../../records/form/PickInput.tsx';
import type { Option } from '../../records/form/PickInput.tsx';
import { KeepIt, LeaveEmpty, Likely, readAs } from './MendTools.tsx';
import type { ToolProps } from './MendTools.tsx';

/** Yes and no as the reader of a table understands them. */
const yesNo = (value: unknown): string => (value === true ? 'yes' : value === false ? 'no' : String(value));

/** What a value of a list means, everywhere in its column: the likeliest first, then any of the list, or what one writes oneself. */
export function MendChoice({ field, ...props }: ToolProps & { field: Field }) {
  const { t } = useTranslation(['sheets', 'panel']);
  const { problem, column, table } = props;
  const { value, code, count, suggestions } = problem;
  const [text, setText] = useState('');
  const written = text.trim();
  // A word that somebody wrote of their own is right as it stands.
  const use = (becomes: string): void => readAs(props, becomes, free.length > 0 && becomes === written);
  // What other rows say that FRAMES does not know either is as good a word as those it knows.
  const inFile = (table.preview?.problems ?? []).filter(
    (one) => field.kind === 'choice' && one.code === code && one.column === column && one.value !== value,
  );
  const choices: Choice[] = [
    ...choicesOf(field).map((choice) => ({ value: yesNo(choice.value), name: choice.name })),
    ...inFile.map((one) => ({ value: one.value, name: one.value })),
  ];
  const fitting = fittingChoices(choices, written);
  const known = choices.some(({ name }) => name.toLowerCase() === written.toLowerCase());
  const free: Option[] =
    field.kind !== 'choice' || written === '' || known || written === value
      ? []
      : [{ value: written, label: t('panel:lookup.use', { text: written }) }];
  const options = [...fitting.map((one) => ({ value: String(one.value), label: one.name })), ...free];
  return (
    <>
      {suggestions.map((one) => (
        <Likely key={one.value} label={choiceName(one.label)} count={count} onUse={() => use(one.value)} />
      ))}
      <div className="mend-pick">
        <span aria-hidden>{suggestions.length > 0 ? t('mend.orAs') : t('mend.allRows', { count })}</span>
        <PickInput
          label={suggestions.length > 0 ? t('mend.orAs') : t('mend.allRows', { count })}
          text={text}
          typing={text !== ''}
          value=""
          options={options}
          best={written === '' || options.length === 0 ? -1 : 0}
          nothing={t('panel:lookup.none')}
          placeholder={t(field.kind === 'choice' ? 'mend.chooseOrWrite' : 'mend.choose')}
          onType={setText}
          onTakeBack={() => setText('')}
          onPick={use}
          onUnmatched={() => false}
          onLeave={() => undefined}
        />
      </div>
      {code === 'unknown_choice' && <KeepIt {...props} />}
      <LeaveEmpty onLeave={() => use('')} />
    </>
  );
}
