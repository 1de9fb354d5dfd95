import { useTranslation } from 'react-i18next';
import type { Carried } from '#shared/contract/compare.ts';
import { sumOf } from '#shared/domain/counts.ts';
import { toldApart } from '../../../text/alike.ts';
import { counted, countedAll } from '../../../text/names.ts';
import { calledOf } from './called.ts';
import type { Called } from './called.ts';
import type { Direction } from './carry.ts';
import { isLeft } from './choices.ts';
import type { Choices } from './choices.ts';

const kinds = ['created', 'restored', 'updated', 'removed'] as const;
const signs = { created: '+', restored: '+', updated: '~', removed: '−' } as const;
const looks = { created: 'added', restored: 'added', updated: 'changed', removed: 'removed' } as const;

/** Most of what goes along that is named. */
const named = 8;

/** By name what only goes, or loses a reference, with what is deleted. */
function Along({ carried, choices }: Omit<Props, 'direction'>) {
  const { t } = useTranslation('compare');
  const { links, references } = carried.along;
  const along = carried.records.filter(({ action }) => action === 'along');
  const shown = along.slice(0, named);
  const apart = toldApart(along);
  const more = Math.max(0, links + references - shown.length);
  return (
    <ul className="carry-along">
      {shown.map((one) => {
        const title = calledOf(one, apart);
        const key = one.type === 'interface' ? (isLeft(choices, one) ? 'left' : 'link') : 'reference';
        return <li key={`${one.type} ${one.id}`}>{t(`along.${key}`, { title })}</li>;
      })}
      {more > 0 && <li>{t('along.more', { count: more })}</li>}
    </ul>
  );
}

interface NamedProps {
  text: string;
  all: readonly Called[];
}

/** A line about records, and the first of them by name. */
function Named({ text, all }: NamedProps) {
  const { t } = useTranslation('compare');
  if (all.length === 0) return null;
  const apart = toldApart(all);
  return (
    <li>
      {text}
      <ul className="carry-along">
        {all.slice(0, named).map((one) => (
          <li key={`${one.type} ${one.id}`}>{calledOf(one, apart)}</li>
        ))}
        {all.length > named && <li>{t('along.more', { count: all.length - named })}</li>}
      </ul>
    </li>
  );
}

/** By name what nobody chose, and is taken because something chosen refers to it. */
function Needed({ choices }: Pick<Props, 'choices'>) {
  const { t } = useTranslation('compare');
  const all = [...choices.along.values()];
  return <Named text={t('lines.needed', { count: all.length })} all={all} />;
}

/** By name what stays out because it would only go, or lose a reference, with what live keeps. */
function Spared({ choices }: Pick<Props, 'choices'>) {
  const { t } = useTranslation('compare');
  const all = [...choices.left.values()].flatMap(({ type, id, spared }) =>
    spared ? [{ type, id, title: spared.title, university: spared.university }] : [],
  );
  return <Named text={t('lines.spared', { count: all.length })} all={all} />;
}

/** By name what stays as it is, or comes back, with what one side deleted and counts all the same. */
function Followed({ direction, carried: { followed } }: Omit<Props, 'choices'>) {
  const { t } = useTranslation('compare');
  return (['back', 'stays'] as const).map((action) => (
    <Named
      key={action}
      text={t(`followed.${direction}.${action}`, { count: followed[action] })}
      all={followed.records.filter((one) => one.action === action)}
    />
  ));
}

/** By name who stays out since nobody ticked them. */
function Unnamed({ carried: { unnamed } }: Pick<Props, 'carried'>) {
  const { t } = useTranslation('compare');
  return <Named text={t('lines.unnamed', { count: unnamed.length })} all={unnamed} />;
}

interface Props {
  direction: Direction;
  carried: Carried;
  choices: Choices;
}

/** What carrying over does, counted: how many records are added, brought back, changed and removed, and what goes along. */
export function CarriedLines({ direction, carried, choices }: Props) {
  const { t } = useTranslation('compare');
  const { along, left, left_partly: partly, undecided, problems } = carried;
  const some = kinds.filter((kind) => sumOf(carried[kind]) > 0);
  return (
    <ul className="carry-lines">
      {some.length === 0 && undecided.length === 0 && problems.length === 0 && <li>{t('nothingToDo')}</li>}
      {some.map((kind) => (
        <li key={kind}>
          <span className={`sign sign-${looks[kind]}`} aria-hidden>
            {signs[kind]}
          </span>
          {t(`lines.${kind}`, { what: countedAll(carried[kind]) })}
        </li>
      ))}
      <Needed choices={choices} />
      {direction === 'promote' && <Spared choices={choices} />}
      <Unnamed carried={carried} />
      <Followed {...{ direction, carried }} />
      {along.links > 0 && <li>{t('lines.links', { what: counted('interface', along.links) })}</li>}
      {along.references > 0 && <li>{t('lines.references', { count: along.references })}</li>}
      {along.links + along.references > 0 && (
        <li>
          <Along carried={carried} choices={choices} />
        </li>
      )}
      {partly > 0 && <li>{t(`conflicts.${direction}.partly`, { count: partly })}</li>}
      {left > partly && <li>{t('lines.left', { count: left - partly })}</li>}
    </ul>
  );
}
