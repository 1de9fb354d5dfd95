import { useState } from 'react';
import type { ReactNode } from 'react';
import { fieldOf } from '#shared/domain/entities.ts';
import type { Field } from '#shared/domain/entities.ts';
import { isOwnLoss, isOwnShare, usualValue } from '#shared/domain/interfaces.ts';
import type { EntityType } from '#shared/domain/types.ts';
import type { Json, JsonObject } from '#shared/domain/json.ts';
import { useTexts } from '../../../i18n/setup.ts';
import { numberText } from '../../../text/values.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { passageKeys, usualPlaceholder } from '../linking/links.ts';
import type { PassageKey, PassageValues } from '../linking/links.ts';
import { FieldRow } from './FieldRow.tsx';
import { checkField, toRaw } from './values.ts';
import type { Raw } from './values.ts';
import styles from './bond.module.css';

/** Whether `LinkPassage` shows the field below its choice. */
export const isPassageDetail = (type: EntityType, key: string): boolean =>
  type === 'interface' && key !== 'bond_type' && (passageKeys as readonly string[]).includes(key);

const passageField = (key: PassageKey): Field => fieldOf('interface', key) as Field;

type PassageInput = Readonly<Record<PassageKey, Raw>>;

export const emptyPassage: PassageInput = { bond_type: '', energy_loss: '', documented: '' };

/** The inputs of a link's values. A loss that its bond implies is left empty, so that it follows another choice. */
export function passageInputs({ bond_type, energy_loss, documented }: JsonObject): PassageInput {
  const ownLoss = isOwnLoss(bond_type, energy_loss) ? energy_loss : null;
  return {
    bond_type: toRaw(passageField('bond_type'), bond_type),
    energy_loss: toRaw(passageField('energy_loss'), ownLoss),
    documented: toRaw(passageField('documented'), documented),
  };
}

/** The values that differ from those of a stored link; for a new link those that are stated. An empty loss becomes the usual one. */
export function changedPassage(values: PassageValues, stored: JsonObject = {}): JsonObject {
  const loss = values.energy_loss ?? usualValue('energy_loss', values.bond_type) ?? null;
  const entries = Object.entries({ ...values, energy_loss: loss });
  // A stored link without a loss has the usual one.
  const storedLoss = stored['energy_loss'] ?? usualValue('energy_loss', stored['bond_type']) ?? null;
  const before: JsonObject = { ...stored, energy_loss: storedLoss };
  return Object.fromEntries(
    entries.flatMap(([key, value = null]) =>
      value === (before[key] ?? null) ? [] : [[key, value] as const],
    ),
  );
}

/** The three values of a link from their inputs, null for none, and the problems of those that are invalid. */
export function checkPassage(inputs: PassageInput) {
  const values: { [key in PassageKey]?: Json } = {};
  const problems = new Map<string, string>();
  for (const key of passageKeys) {
    const result = checkField('interface', passageField(key), inputs[key]);
    if (result.ok) values[key] = result.value ?? null;
    else problems.set(key, result.message);
  }
  return { values, problems };
}

interface Props {
  values: PassageValues;
  renderField: (field: Field) => ReactNode;
}

/** How a link passes on knowledge: one choice, and on request the loss and the share that it implies. */
export function LinkPassage({ values, renderField }: Props) {
  const { t } = useTexts('records');
  const { bond_type: bond, energy_loss: loss, documented: share } = values;
  const [hasOwnLoss, hasOwnShare] = [isOwnLoss(bond, loss), isOwnShare(bond, share)];
  const [isOpen] = useState(hasOwnLoss || hasOwnShare);
  const [shownLoss, shownShare] = [
    hasOwnLoss ? loss : usualValue('energy_loss', bond),
    hasOwnShare ? share : usualValue('documented', bond),
  ];
  const isKnown = typeof shownLoss === 'number';
  const texts = [
    ...(isKnown
      ? [t(hasOwnLoss ? 'passage.ownLoss' : 'passage.loss', { value: numberText(shownLoss) })]
      : []),
    ...(typeof shownShare === 'number'
      ? [t(hasOwnShare ? 'passage.ownShare' : 'passage.share', { value: numberText(shownShare) })]
      : []),
  ];
  return (
    <>
      {renderField(passageField('bond_type'))}
      {!isKnown && (
        <p className="tiny dim mb-4">
          {t(typeof share === 'number' ? 'passage.unknownLoss' : 'passage.unknown')}
        </p>
      )}
      <details className={`small ${styles.details}`} open={isOpen}>
        <summary className="dim">{[t('passage.details'), ...texts].join(' · ')}</summary>
        <div>
          <p className="tiny dim mb-4">
            {t(usualValue('energy_loss', bond) === undefined ? 'passage.unchosen' : 'passage.what')}
          </p>
          {renderField(passageField('energy_loss'))}
          {renderField(passageField('documented'))}
        </div>
      </details>
    </>
  );
}

interface UsualValueProps {
  field: string;
  bond: unknown;
  value: unknown;
  onUse: (usual: number) => void;
}

/** Below a loss or share that differs from the usual one: the usual value, with a button that sets it. */
export function UsualValue({ field, bond, value, onUse }: UsualValueProps) {
  const { t } = useTexts('records');
  const usual = usualValue(field, bond);
  if (usual === undefined || typeof value !== 'number' || value === usual) return null;
  return (
    <p className="tiny dim py-2">
      {t('passage.usual', { value: usual })}{' '}
      <LinkButton className="accent" onClick={() => onUse(usual)}>
        {t('passage.useUsual', { value: usual })}
      </LinkButton>
    </p>
  );
}

interface InputsProps {
  inputs: PassageInput;
  onChange: (key: PassageKey, raw: Raw) => void;
}

/** The same for a link that is not saved yet. */
export function PassageInputs({ inputs, onChange }: InputsProps) {
  const { values, problems } = checkPassage(inputs);
  return (
    <LinkPassage
      values={values}
      renderField={(field) => {
        const key = field.key as PassageKey;
        return (
          <FieldRow
            type="interface"
            field={field}
            raw={inputs[key]}
            problem={problems.get(key)}
            placeholder={usualPlaceholder(field, inputs.bond_type)}
            footer={
              <UsualValue
                field={key}
                bond={inputs.bond_type}
                value={values[key]}
                onUse={() => onChange(key, '')}
              />
            }
            onChange={(raw) => onChange(key, raw)}
          />
        );
      }}
    />
  );
}
