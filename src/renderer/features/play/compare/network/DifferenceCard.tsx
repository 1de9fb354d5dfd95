import { Checkbox } from '@mantine/core';
import type { Difference } from '#shared/contract/compare.ts';
import { useTexts } from '../../../../i18n/setup.ts';
import { fieldName, displayTitle, typeName } from '../../../../text/names.ts';
import { isLeftOut, promotableClasses, conflictsOf } from '../choices.ts';
import type { Choices, RecordRef, ChoicesUpdate } from '../choices.ts';
import { ConflictButtons } from '../ConflictButtons.tsx';
import { TitleLink } from '../TitleLink.tsx';
import type { FindOpening } from '../openings.ts';
import { SideValue } from '../SideValue.tsx';
import styles from './network.module.css';

interface Props {
  row: Difference;
  choices: Choices;
  onChange: (step: ChoicesUpdate) => void;
  onPick: (one: RecordRef, isSelected: boolean) => void;
  titles: ReadonlyMap<string, string>;
  choosing: boolean;
  /** Whether conflicts can be decided. */
  deciding: boolean;
  opens: FindOpening;
}

const sides = ['base', 'live', 'play'] as const;

/** The differences of one record, with the same fields, choice and conflicts as in the list. */
export function DifferenceCard(props: Props) {
  const { row, choices, onChange, onPick, titles, choosing, deciding, opens } = props;
  const { t } = useTexts('compare');
  const title = displayTitle(row.title, row.type);
  const conflicts = deciding ? conflictsOf(row) : [];
  return (
    <article
      className={`card px-12 py-8 mt-4 mb-12 ${styles.card}`}
      aria-label={t('network.card', { title })}
    >
      <h3 className="normal strong breaks">
        <TitleLink title={title} opening={opens(row)} />
      </h3>
      <p className="dim">
        {row.university === null ? typeName(row.type) : `${typeName(row.type)} · ${row.university}`}
      </p>
      {choosing && promotableClasses.includes(row.class) && (
        <Checkbox
          label={t('network.pick')}
          checked={!isLeftOut(choices, row)}
          onChange={(event) => onPick(row, event.currentTarget.checked)}
        />
      )}
      {conflicts.map((field) => (
        <ConflictButtons key={field ?? ''} row={row} field={field} choices={choices} onChange={onChange} />
      ))}
      {row.fields.map((difference) => (
        <section key={difference.field}>
          <h4 className="tiny medium dim mt-12">{fieldName(difference.field)}</h4>
          <dl>
            {sides.map((side) => (
              <div key={side}>
                <dt className="faint">{t(`column.${side}`)}</dt>
                <dd className={`breaks compare-${side}`}>
                  <SideValue
                    type={row.type}
                    field={difference.field}
                    value={difference[side]}
                    titles={titles}
                  />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </article>
  );
}
