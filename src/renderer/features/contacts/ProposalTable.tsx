import { listWithRecord } from '#shared/address/view.ts';
import type { LinkProposal } from '#shared/contract/contacts.ts';
import { useTexts } from '../../i18n/setup.ts';
import { navigate } from '../../stores/address.ts';
import { useUniversityNames } from '../../stores/useUniversityNames.ts';
import { formatDay } from '../../text/formats.ts';
import { choiceName, joinWithAnd, displayTitle } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import type { DataColumn } from '../../ui/DataTable.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import styles from './contacts.module.css';

interface Props {
  proposals: readonly LinkProposal[];
  deselected: ReadonlySet<string>;
  refusals: ReadonlyMap<string, string>;
  onDeselect: (deselected: ReadonlySet<string>) => void;
}

const linkTitle = (from: LinkProposal['from'], to: LinkProposal['to']): string =>
  `${displayTitle(from.title, from.type)} → ${displayTitle(to.title, to.type)}`;

const percentText = (loss: number): string => `${numberText(loss)}\u00a0%`;

function universitiesText(
  { university: from }: LinkProposal['from'],
  { university: to }: LinkProposal['to'],
  names: ReadonlyMap<string, string>,
): string {
  const ids = [...new Set([from, to])].filter((id) => id !== null);
  return ids.map((id) => names.get(id) ?? '').join(' → ');
}

function StrengthChange({ strength }: { strength: NonNullable<LinkProposal['strength']> }) {
  const { t } = useTexts('contacts');
  const strengthText = ({ bond, loss }: { bond: string | null; loss: number | null }): string =>
    [
      bond === null ? t('noBond') : choiceName(bond),
      ...(loss === null ? [] : [t('strength.lost', { loss: percentText(loss) })]),
    ].join(', ');
  const afterText = strengthText(strength.after);
  return (
    <div>
      {strength.before
        ? t('strength.changes', { before: strengthText(strength.before), after: afterText })
        : t('strength.new', { after: afterText })}
    </div>
  );
}

function Bearers({ bearers }: { bearers: NonNullable<LinkProposal['bearers']> }) {
  const { t } = useTexts('contacts');
  const addedBearers = bearers.filter(({ isNew }) => isNew);
  const unchangedCount = bearers.length - addedBearers.length;
  const bearerNames = joinWithAnd(
    addedBearers.map(({ title, type, contacts }) =>
      t('bearer', { name: displayTitle(title, type), count: contacts }),
    ),
  );
  return (
    <div>
      {t('bearers', { names: bearerNames })}
      {unchangedCount > 0 && ` ${t('kept', { count: unchangedCount })}`}
    </div>
  );
}

function ContactEvidence({ contacts, repeated, expected, months, last }: LinkProposal) {
  const { t } = useTexts('contacts');
  const chanceCount = Math.round(expected);
  return (
    <>
      <div>
        {t('evidence', {
          count: contacts,
          months: t('months', { count: months }),
          chance: chanceCount === 0 ? t('noChance') : t('chance', { count: chanceCount }),
        })}
      </div>
      <div className="dim">{t('repeated', { count: repeated, last: formatDay(last) })}</div>
    </>
  );
}

export function ProposalTable({ proposals, deselected, refusals, onDeselect }: Props) {
  const { t } = useTexts('contacts');
  const universityNames = useUniversityNames();
  const selectableKeys = proposals.map(({ key }) => key).filter((key) => !refusals.has(key));
  const columns: readonly DataColumn<LinkProposal>[] = [
    {
      key: 'link',
      title: t('column.link'),
      kind: 'name',
      renderCell: ({ link, from, to }) => (
        <>
          {link === null ? (
            linkTitle(from, to)
          ) : (
            <LinkButton onClick={() => navigate(listWithRecord('interface', link))}>
              {linkTitle(from, to)}
            </LinkButton>
          )}{' '}
          {link === null && <span className="pill pill-ok">{t('isNew')}</span>}
          <div className="dim">{universitiesText(from, to, universityNames)}</div>
        </>
      ),
    },
    {
      key: 'change',
      title: t('column.change'),
      renderCell: ({ strength, bearers }) => (
        <>
          {strength && <StrengthChange strength={strength} />}
          {bearers && <Bearers bearers={bearers} />}
        </>
      ),
    },
    {
      key: 'evidence',
      title: t('column.evidence'),
      renderCell: (proposal) => <ContactEvidence {...proposal} />,
    },
  ];
  return (
    <DataTable
      rows={proposals}
      columns={columns}
      keyOf={({ key }) => key}
      className={styles.proposals}
      selection={{
        selected: new Set(selectableKeys.filter((key) => !deselected.has(key))),
        onSelect: (selected) => onDeselect(new Set(selectableKeys.filter((key) => !selected.has(key)))),
        selectAllLabel: t('selectAll'),
        nameOf: ({ from, to }) => t('select', { link: linkTitle(from, to) }),
        refusalOf: ({ key }) => refusals.get(key),
      }}
    />
  );
}
