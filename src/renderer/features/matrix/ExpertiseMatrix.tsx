import { IconBulb, IconUsers, IconX } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { insightsOf, listOf } from '#shared/address/view.ts';
import type { MatrixView as View } from '#shared/address/view.ts';
import type { ExpertiseTable } from '#shared/contract/expertise.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate, showPanel } from '../../stores/address.ts';
import { openListName, typeNames } from '../../text/names.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import { areaText, claimText, countsText, personName, personText, placeOfArea } from './expertise.ts';
import type { Person } from './expertise.ts';
import { groupBand } from './geometry.ts';
import type { At } from './geometry.ts';
import { Grid } from './Grid.tsx';
import { blocksOf } from './order.ts';
import type { Cell, Head } from './Rows.tsx';
import styles from './matrix.module.css';

const head = { width: 238 + groupBand, height: 200 + groupBand };

/** The most records that a filter names one by one. */
const mostListed = 500;

/** The basis of a claim: filled if links name the person, a diamond if the person leads a team. */
function Claim({ links, lead, isSole }: { links: boolean; lead: boolean; isSole?: boolean }) {
  return (
    <span
      className={`rigid round ${styles.claim}`}
      aria-hidden
      data-links={links || undefined}
      data-lead={lead || undefined}
      data-sole={isSole || undefined}
    />
  );
}

const groupOf = ({ team, type }: Person): string =>
  team ? `team ${team.id}` : type === 'faculty' ? type : '';

function groupNames({ people }: ExpertiseTable): ReadonlyMap<string, string> {
  return new Map([
    ['', say('matrix:expertise.noTeam')],
    ['faculty', typeNames('faculty')],
    ['one', say('matrix:expertise.one')],
    ['several', say('matrix:expertise.several')],
    ...people.flatMap((person): [string, string][] =>
      person.team ? [[groupOf(person), person.team.title]] : [],
    ),
  ]);
}

/** The number of areas that depend on one person; for a selected area its holders, with links. */
function Sentence({ view, table, goal }: { view: View; table: ExpertiseTable; goal: At | null }) {
  const { t } = useTexts('matrix');
  const { areas, people, matched } = table;
  const area = areas[goal?.column ?? -1];
  if (area) {
    const holders = people.filter((person) => person.area === goal?.column);
    const ids = holders.filter(({ type }) => type === 'student').map(({ id }) => id);
    return (
      <div className={`row wrap rigid gap-2-12 small line-below high-36 px-12 py-2 ${styles.sentence}`}>
        <strong>{areaText(area, holders)}</strong>
        <span className="flex wrap push">
          {area.people === 1 && (
            <QuietButton
              icon={IconBulb}
              onClick={() => navigate(insightsOf('expertise', view.university, area.name))}
            >
              {t('expertise.answer')}
            </QuietButton>
          )}
          <QuietButton
            icon={IconUsers}
            onClick={() =>
              navigate({
                ...listOf('student'),
                filters: [{ field: 'id', op: 'in', value: ids.slice(0, mostListed) }],
              })
            }
          >
            {openListName('student')}
          </QuietButton>
          <QuietButton icon={IconX} onClick={() => navigate({ ...view, area: '' }, { replace: true })}>
            {t('common:clear')}
          </QuietButton>
        </span>
      </div>
    );
  }
  const without = people.filter((person) => person.type === 'student' && person.area === null).length;
  return (
    <p className={`row wrap rigid gap-2-12 small line-below high-36 px-12 py-2 ${styles.sentence}`}>
      <strong>
        {t('expertise.sentence', {
          one: areas.filter((one) => one.people === 1).length,
          count: areas.length,
        })}
      </strong>
      {people.length < matched && <span>{t('expertise.cut', { shown: people.length, all: matched })}</span>}
      {without > 0 && <span className="dim">{t('expertise.without', { count: without })}</span>}
    </p>
  );
}

export function ExpertiseMatrix({ view, table }: { view: View; table: ExpertiseTable }) {
  const { t } = useTexts('matrix');
  const { areas, people } = table;
  const open = view.panel?.kind === 'record' ? view.panel.id : null;
  const names = useMemo(() => groupNames(table), [table]);
  const nameOf = useCallback((key: string) => names.get(key) ?? '', [names]);
  const rowBlocks = useMemo(() => blocksOf(Map.groupBy(people, groupOf)), [people]);
  const columnBlocks = useMemo(
    () => blocksOf(Map.groupBy(areas, (area) => (area.people === 1 ? 'one' : 'several'))),
    [areas],
  );
  const { row: goalRow = -1, column: goalColumn = -1 } = placeOfArea(table, view.area) ?? {};
  // Stable until it changes, because a new object scrolls the grid.
  const goal = useMemo(
    () => (goalColumn === -1 ? null : { row: goalRow, column: goalColumn }),
    [goalRow, goalColumn],
  );

  const person = useCallback((row: number) => people[row] as Person, [people]);
  const area = useCallback((column: number) => areas[column] as ExpertiseTable['areas'][number], [areas]);
  const columnAt = useCallback(
    (column: number): Head => {
      const { name, people: count } = area(column);
      const known = t('expertise.people', { count });
      const content = (
        <>
          <span className="cut">{name}</span> <small data-sole={count === 1 || undefined}>{known}</small>
        </>
      );
      return { id: name, content, title: `${name} · ${known}` };
    },
    [area, t],
  );
  const rowAt = useCallback(
    (row: number): Head => {
      const { id, type, team, terms } = person(row);
      const note = terms === null ? say('common:unknown') : say('records:unit.terms', { count: terms });
      return {
        id,
        content: (
          <>
            <span className="cut">
              {personName(person(row))} {team && <span className="dim">{team.title}</span>}
            </span>{' '}
            <span className="dim rigid push ps-8">{type === 'faculty' ? typeNames('faculty') : note}</span>
          </>
        ),
        title: personText(areas[person(row).area ?? -1], person(row)),
      };
    },
    [person, areas],
  );
  const cellAt = useCallback(
    (row: number, column: number): Cell => {
      const { area: held, links, lead } = person(row);
      const isHeld = held === column;
      return {
        label: claimText(area(column), person(row), isHeld),
        mark: isHeld && <Claim links={links > 0} lead={lead} isSole={area(column).people === 1} />,
      };
    },
    [person, area],
  );

  const onOpen = ({ row, column }: At): void => {
    if (row >= 0) showPanel({ kind: 'record', id: person(row).id, tab: 'details' });
    else navigate({ ...view, area: goal?.column === column ? '' : area(column).name }, { replace: true });
  };
  const textAt = ({ row, column }: At): string => {
    // The line above has the text.
    if (row === -1 && column === goal?.column) return '';
    if (row === -1)
      return areaText(
        area(column),
        people.filter((one) => one.area === column),
      );
    if (column === -1) return personText(areas[person(row).area ?? -1], person(row));
    return claimText(area(column), person(row), person(row).area === column);
  };
  return (
    <>
      <Sentence view={view} table={table} goal={goal} />
      <Grid
        label={t('expertise.grid', { counts: countsText(table) })}
        help={t('expertise.help')}
        corner={t('expertise.corner')}
        head={head}
        size={{ rows: people.length, columns: areas.length }}
        rowAt={rowAt}
        columnAt={columnAt}
        cellAt={cellAt}
        rowBlocks={rowBlocks}
        columnBlocks={columnBlocks}
        nameOf={nameOf}
        textAt={textAt}
        legend={t('expertise.legend')}
        marks={([false, true] as const).flatMap((lead) =>
          ([false, true] as const).map((links) => ({
            mark: <Claim links={links} lead={lead} />,
            text: t(`expertise.basis.${lead ? 'lead' : 'states'}${links ? 'Links' : ''}`),
          })),
        )}
        onOpen={onOpen}
        open={open}
        goal={goal}
      />
    </>
  );
}
