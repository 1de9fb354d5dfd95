import { Checkbox } from '@mantine/core';
import { recordIn } from '#shared/address/view.ts';
import type { LinkProposal } from '#shared/contract/contacts.ts';
import { useTexts } from '../../i18n/setup.ts';
import { go } from '../../stores/address.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { dayShown } from '../../text/formats.ts';
import { choiceName, joined, titleOr } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import styles from './contacts.module.css';

interface Props {
  proposals: readonly LinkProposal[];
  /** Keys of deselected proposals. */
  left: ReadonlySet<string>;
  /** Why a proposal cannot be applied, by key. */
  refusals: ReadonlyMap<string, string>;
  onLeave: (left: ReadonlySet<string>) => void;
}

const percent = (loss: number): string => `${numberText(loss)}\u00a0%`;

function placeOf(
  { university: from }: LinkProposal['from'],
  { university: to }: LinkProposal['to'],
  names: ReadonlyMap<string, string>,
): string {
  const ids = [...new Set([from, to])].filter((id) => id !== null);
  return ids.map((id) => names.get(id) ?? '').join(' → ');
}

function Strength({ strength }: { strength: NonNullable<LinkProposal['strength']> }) {
  const { t } = useTexts('contacts');
  const strengthText = ({ bond, loss }: { bond: string | null; loss: number | null }): string =>
    [
      bond === null ? t('noBond') : choiceName(bond),
      ...(loss === null ? [] : [t('strength.lost', { loss: percent(loss) })]),
    ].join(', ');
  const after = strengthText(strength.after);
  return (
    <div>
      {strength.before
        ? t('strength.changes', { before: strengthText(strength.before), after })
        : t('strength.new', { after })}
    </div>
  );
}

function Bearers({ bearers }: { bearers: NonNullable<LinkProposal['bearers']> }) {
  const { t } = useTexts('contacts');
  const added = bearers.filter(({ isNew }) => isNew);
  const kept = bearers.length - added.length;
  const names = joined(
    added.map(({ title, type, contacts }) => t('bearer', { name: titleOr(title, type), count: contacts })),
  );
  return (
    <div>
      {t('bearers', { names })}
      {kept > 0 && ` ${t('kept', { count: kept })}`}
    </div>
  );
}

/** Proposals with their changes and reasons, to select. */
export function ProposalTable({ proposals, left, refusals, onLeave }: Props) {
  const { t } = useTexts('contacts');
  const universities = useUniversityNames();
  const open = proposals.filter(({ key }) => !refusals.has(key));
  const chosen = open.filter(({ key }) => !left.has(key));
  const toggle = (key: string): void => {
    const next = new Set(left);
    if (!next.delete(key)) next.add(key);
    onLeave(next);
  };
  return (
    <table className={`small full ${styles.proposals}`}>
      <thead>
        <tr>
          <td>
            <Checkbox
              size="xs"
              aria-label={t('selectAll')}
              checked={open.length > 0 && chosen.length === open.length}
              indeterminate={chosen.length > 0 && chosen.length < open.length}
              onChange={({ currentTarget }) =>
                onLeave(new Set(currentTarget.checked ? [] : open.map(({ key }) => key)))
              }
            />
          </td>
          <th scope="col">{t('column.link')}</th>
          <th scope="col">{t('column.change')}</th>
          <th scope="col">{t('column.evidence')}</th>
        </tr>
      </thead>
      <tbody>
        {proposals.map((proposal) => {
          const { key, link, from, to, contacts, months, last, strength, bearers } = proposal;
          const title = `${titleOr(from.title, from.type)} → ${titleOr(to.title, to.type)}`;
          const refusal = refusals.get(key);
          return (
            <tr key={key}>
              <td>
                <Checkbox
                  size="xs"
                  aria-label={t('select', { link: title })}
                  title={refusal ?? ''}
                  disabled={refusal !== undefined}
                  checked={refusal === undefined && !left.has(key)}
                  onChange={() => toggle(key)}
                />
              </td>
              <th scope="row">
                {link === null ? (
                  title
                ) : (
                  <button
                    type="button"
                    className="link-button"
                    onClick={() => go(recordIn('interface', link))}
                  >
                    {title}
                  </button>
                )}{' '}
                {link === null && <span className="pill pill-ok">{t('isNew')}</span>}
                <div className="dim">{placeOf(from, to, universities)}</div>
              </th>
              <td>
                {strength && <Strength strength={strength} />}
                {bearers && <Bearers bearers={bearers} />}
              </td>
              <td>
                {t('evidence', {
                  count: contacts,
                  months: numberText(months, 'months'),
                  last: dayShown(last),
                })}
              </td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}
