import { IconBulb, IconUsers, IconX } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { insightsOf, listOf } from '#shared/address/view.ts';
import type { MatrixView as View } from '#shared/address/view.ts';
import type { ExpertiseTable } from '#shared/contract/expertise.ts';
import { say, useTexts } from '../../i18n/setup.ts';
import { navigate, openRecord, recordInPanel } from '../../stores/address.ts';
import { openListName, typeNames } from '../../text/names.ts';
import { QuietButton } from '../../ui/QuietButton.tsx';
import {
  areaText,
  claimText,
  countsText,
  needTexts,
  personName,
  personText,
  cellOfArea,
} from './expertise.ts';
import type { Person } from './expertise.ts';
import { groupBand } from './geometry.ts';
import type { CellPosition } from './geometry.ts';
import { Grid } from './Grid.tsx';
import { blocksOf } from './order.ts';
import type { Cell, HeadCell } from './Rows.tsx';
import styles from './matrix.module.css';

const headSize = { width: 238 + groupBand, height: 200 + groupBand };

/** The maximum number of ids in a filter. */
const maxFilterIds = 500;

/** The basis of a claim: filled if links name the person, a diamond if the person leads a team. */
function Claim({ hasLinks, isLead, isSole }: { hasLinks: boolean; isLead: boolean; isSole?: boolean }) {
  return (
    <span
      className={`rigid round ${styles.claim}`}
      aria-hidden
      data-links={hasLinks || undefined}
      data-lead={isLead || undefined}
      data-sole={isSole || undefined}
    />
  );
}

const groupKey = ({ team, type }: Person): string =>
  team ? `team ${team.id}` : type === 'faculty' ? type : '';

function groupNames({ people }: ExpertiseTable): ReadonlyMap<string, string> {
  return new Map([
    ['', say('matrix:expertise.noTeam')],
    ['faculty', typeNames('faculty')],
    ['gap', say('matrix:expertise.gaps')],
    ['one', say('matrix:expertise.one')],
    ['several', say('matrix:expertise.several')],
    ...people.flatMap((person): [string, string][] =>
      person.team ? [[groupKey(person), person.team.title]] : [],
    ),
  ]);
}

type Area = ExpertiseTable['areas'][number];

const blockOfArea = ({ people, gap }: Area): string => {
  if (gap !== null) return 'gap';
  return people === 1 ? 'one' : 'several';
};

/** Whether Insights lists the area as a gap. */
const isListedGap = ({ gap }: Area): boolean => gap !== null && gap !== 'unknown' && gap !== 'far';

/** How many areas depend on one person; for a selected area, its holders and buttons. */
function Summary({
  view,
  table,
  selectedCell,
}: {
  view: View;
  table: ExpertiseTable;
  selectedCell: CellPosition | null;
}) {
  const { t } = useTexts('matrix');
  const { areas, people, matched } = table;
  const area = areas[selectedCell?.column ?? -1];
  if (area) {
    const holders = people.filter((person) => person.areas.includes(selectedCell?.column ?? -1));
    const studentIds = holders.filter(({ type }) => type === 'student').map(({ id }) => id);
    return (
      <div className={`row wrap rigid gap-2-12 small line-below high-36 px-12 py-2 ${styles.sentence}`}>
        <strong>{areaText(area, holders)}</strong>
        <span className="flex wrap push">
          {(area.people === 1 || isListedGap(area)) && (
            <QuietButton
              icon={IconBulb}
              onClick={() => navigate(insightsOf('expertise', view.university, area.name))}
            >
              {t('expertise.answer')}
            </QuietButton>
          )}
          {studentIds.length > 0 && (
            <QuietButton
              icon={IconUsers}
              onClick={() =>
                navigate({
                  ...listOf('student'),
                  filters: [{ field: 'id', op: 'in', value: studentIds.slice(0, maxFilterIds) }],
                })
              }
            >
              {openListName('student')}
            </QuietButton>
          )}
          <QuietButton icon={IconX} onClick={() => navigate({ ...view, area: '' }, { replace: true })}>
            {t('common:clear')}
          </QuietButton>
        </span>
      </div>
    );
  }
  const gapCount = areas.filter(({ gap }) => gap !== null).length;
  const noAreaCount = people.filter(
    (person) => person.type === 'student' && person.areas.length === 0,
  ).length;
  return (
    <p className={`row wrap rigid gap-2-12 small line-below high-36 px-12 py-2 ${styles.sentence}`}>
      <strong>
        {t('expertise.sentence', {
          one: areas.filter((candidate) => candidate.people === 1).length,
          count: areas.length,
        })}
      </strong>
      {gapCount > 0 && <span>{t('expertise.atRisk', { count: gapCount })}</span>}
      {people.length < matched && <span>{t('expertise.cut', { shown: people.length, all: matched })}</span>}
      {noAreaCount > 0 && <span className="dim">{t('expertise.without', { count: noAreaCount })}</span>}
    </p>
  );
}

export function ExpertiseMatrix({ view, table }: { view: View; table: ExpertiseTable }) {
  const { t } = useTexts('matrix');
  const { areas, people } = table;
  const openId = recordInPanel(view);
  const names = useMemo(() => groupNames(table), [table]);
  const nameOf = useCallback((key: string) => names.get(key) ?? '', [names]);
  const rowBlocks = useMemo(() => blocksOf(Map.groupBy(people, groupKey)), [people]);
  const columnBlocks = useMemo(() => blocksOf(Map.groupBy(areas, blockOfArea)), [areas]);
  const { row: selectedRow = -1, column: selectedColumn = -1 } = cellOfArea(table, view.area) ?? {};
  // Memoised, because the grid scrolls to each new object.
  const selectedCell = useMemo(
    () => (selectedColumn === -1 ? null : { row: selectedRow, column: selectedColumn }),
    [selectedRow, selectedColumn],
  );

  const personAt = useCallback((row: number) => people[row] as Person, [people]);
  const areaAt = useCallback((column: number) => areas[column] as ExpertiseTable['areas'][number], [areas]);
  const columnAt = useCallback(
    (column: number): HeadCell => {
      const { name, people: count, gap } = areaAt(column);
      const countText = t('expertise.people', { count });
      const content = (
        <>
          <span className="cut">{name}</span>{' '}
          <small data-sole={count === 1 || gap !== null || undefined}>{countText}</small>
        </>
      );
      return { id: name, content, title: [name, countText, ...needTexts(areaAt(column))].join(' · ') };
    },
    [areaAt, t],
  );
  const rowAt = useCallback(
    (row: number): HeadCell => {
      const { id, type, team, terms } = personAt(row);
      const termsNote = terms === null ? say('common:unknown') : say('records:unit.terms', { count: terms });
      return {
        id,
        content: (
          <>
            <span className="cut">
              {personName(personAt(row))} {team && <span className="dim">{team.title}</span>}
            </span>{' '}
            <span className="dim rigid push ps-8">
              {type === 'faculty' ? typeNames('faculty') : termsNote}
            </span>
          </>
        ),
        title: personText(personAt(row).areas.map(areaAt), personAt(row)),
      };
    },
    [personAt, areaAt],
  );
  const cellAt = useCallback(
    (row: number, column: number): Cell => {
      const { areas: heldAreas, links, lead } = personAt(row);
      const isHeld = heldAreas.includes(column);
      return {
        label: claimText(areaAt(column), personAt(row), isHeld),
        mark: isHeld && <Claim hasLinks={links > 0} isLead={lead} isSole={areaAt(column).people === 1} />,
      };
    },
    [personAt, areaAt],
  );

  const onOpen = ({ row, column }: CellPosition): void => {
    if (row >= 0) openRecord(personAt(row).id);
    else
      navigate(
        { ...view, area: selectedCell?.column === column ? '' : areaAt(column).name },
        { replace: true },
      );
  };
  const textAt = ({ row, column }: CellPosition): string => {
    // The summary above the grid already shows this text.
    if (row === -1 && column === selectedCell?.column) return '';
    if (row === -1)
      return areaText(
        areaAt(column),
        people.filter((person) => person.areas.includes(column)),
      );
    if (column === -1) return personText(personAt(row).areas.map(areaAt), personAt(row));
    return claimText(areaAt(column), personAt(row), personAt(row).areas.includes(column));
  };
  return (
    <>
      <Summary view={view} table={table} selectedCell={selectedCell} />
      <Grid
        label={t('expertise.grid', { counts: countsText(table) })}
        help={t('expertise.help')}
        corner={t('expertise.corner')}
        headSize={headSize}
        size={{ rows: people.length, columns: areas.length }}
        rowAt={rowAt}
        columnAt={columnAt}
        cellAt={cellAt}
        rowBlocks={rowBlocks}
        columnBlocks={columnBlocks}
        nameOf={nameOf}
        textAt={textAt}
        legend={t('expertise.legend')}
        legendEntries={([false, true] as const).flatMap((isLead) =>
          ([false, true] as const).map((hasLinks) => ({
            mark: <Claim hasLinks={hasLinks} isLead={isLead} />,
            text: t(`expertise.basis.${isLead ? 'lead' : 'states'}${hasLinks ? 'Links' : ''}`),
          })),
        )}
        onOpen={onOpen}
        openId={openId}
        selectedCell={selectedCell}
      />
    </>
  );
}
