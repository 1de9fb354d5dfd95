import { ActionIcon, Checkbox } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Difference } from '#shared/contract/compare.ts';
import { fieldName, titleOr, typeName } from '../../../../text/names.ts';
import { carrying, isLeft, questionsOf } from '../choices.ts';
import type { Choices, Ref } from '../choices.ts';
import { Decide } from '../Decide.tsx';
import { OpenName } from '../OpenName.tsx';
import type { Opens } from '../opens.ts';
import { SideValue } from '../SideValue.tsx';
import { deedOf } from '../summary.ts';
import { signs } from './model.ts';

interface Props {
  row: Difference;
  choices: Choices;
  onChange: (choices: Choices, row: Difference) => void;
  onPick: (one: Ref, wanted: boolean) => void;
  titles: ReadonlyMap<string, string>;
  choosing: boolean;
  /** Somebody may say what counts where both sides changed the same. */
  deciding: boolean;
  opens: Opens;
  onClose: () => void;
}

const sides = ['base', 'live', 'play'] as const;

/** One record that is different, beside the picture: the same fields, choice and questions as in the list. */
export function DifferenceCard(props: Props) {
  const { row, choices, onChange, onPick, titles, choosing, deciding, opens, onClose } = props;
  const { t } = useTranslation(['compare', 'common']);
  const deed = deedOf(row);
  const title = titleOr(row.title, row.type);
  const questions = deciding ? questionsOf(row) : [];
  return (
    <aside className="diff-card" aria-label={t('network.card', { title })}>
      <header>
        <h2>
          <span className={`sign sign-${deed}`} aria-hidden>
            {signs[deed]}
          </span>
          <span className="unseen">{t(`deed.${deed}`)}</span>
          <OpenName title={title} opening={opens(row)} />
        </h2>
        <ActionIcon aria-label={t('common:close')} onClick={onClose}>
          <IconX size={16} stroke={1.7} />
        </ActionIcon>
      </header>
      <p className="dim">
        {row.university === null ? typeName(row.type) : `${typeName(row.type)} · ${row.university}`}
      </p>
      {choosing && carrying.includes(row.class) && (
        <Checkbox
          size="xs"
          label={t('network.pick')}
          checked={!isLeft(choices, row)}
          onChange={(event) => onPick(row, event.currentTarget.checked)}
        />
      )}
      {questions.map((field) => (
        <Decide key={field ?? ''} row={row} field={field} choices={choices} onChange={onChange} />
      ))}
      {row.fields.map((one) => (
        <section key={one.field} className="diff-field">
          <h3>{fieldName(one.field)}</h3>
          <dl>
            {sides.map((side) => (
              <div key={side}>
                <dt>{t(`column.${side}`)}</dt>
                <dd className={`compare-${side}`}>
                  <SideValue type={row.type} field={one.field} value={one[side]} titles={titles} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </aside>
  );
}
