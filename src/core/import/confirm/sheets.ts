import { clause } from '#shared/texts/sentence.ts';
import { basename } from 'node:path';
import type { WrittenSheets } from '#shared/contract/confirm.ts';
import type { Cell } from '../../export/cells.ts';
import { maxSheetNameLength, sheetName, xlsxPieces } from '../../export/xlsx.ts';
import type { Sheet } from '../../export/xlsx.ts';
import type { ReadHandle } from '../../kernel/db/connection.ts';
import { writeAtomically } from '../../kernel/files/atomic-file.ts';
import { refuseOwnFile } from '../../kernel/files/own-files.ts';
import { fileRefusal } from '../../kernel/files/refusal.ts';
import { reportPieces, runSteps } from '../../kernel/progress.ts';
import type { Pace } from '../../kernel/progress.ts';
import { readNames } from '../../model/names.ts';
import type { RecordName } from '../../model/names.ts';
import type { Services } from '../../model/services.ts';
import { maxSheets } from '../table/read/limits.ts';
import { bearersText, originalCell } from './link-corrections.ts';
import { readTeamLinks } from './links.ts';
import type { TeamLinks, TeamScope } from './links.ts';
import { addedLinkPrefix, sheetColumns, sheetTexts } from './sheet-texts.ts';
import type { Language } from './sheet-texts.ts';

/** Number of blank rows for missing links. */
const blankRowCount = 10;

/** The cells that the team fills: answer, correct bond, correct loss, and name. */
const blankAnswerCells: readonly null[] = [null, null, null, null];

const ignoreCut = (): undefined => undefined;

/** Unique sheet names, ignoring case. */
function uniqueNames(titles: readonly string[]): string[] {
  const usedNames = new Set<string>();
  return titles.map((name) => {
    const plain = sheetName(name);
    let unique = plain;
    for (let count = 2; usedNames.has(unique.toLowerCase()); count += 1)
      unique = sheetName(`${plain.slice(0, maxSheetNameLength - String(count).length - 1)} ${count}`);
    usedNames.add(unique.toLowerCase());
    return unique;
  });
}

interface SheetContext {
  db: ReadHandle;
  language: Language;
  /** The range of cells with the bonds. */
  bondRange: string;
}

function teamSheet({ team, links }: TeamLinks['teams'][number], name: string, context: SheetContext): Sheet {
  const { db, language, bondRange } = context;
  const texts = sheetTexts[language];
  const column = (key: (typeof sheetColumns)[number]): number => sheetColumns.indexOf(key);
  function* batches(): Generator<Cell[][], void, void> {
    const others = links.map(({ from, to }) => (from === team.id ? to : from));
    const names = readNames(db, [...others, ...links.flatMap(({ bearers }) => bearers)]);
    const universities = readNames(
      db,
      [...names.values()].map((one) => one.university_id).filter((id) => id !== null),
    );
    const label = ({ title, type, university_id }: RecordName): string => {
      const universityTitle =
        type === 'university' ? undefined : universities.get(university_id ?? '')?.title;
      return universityTitle === undefined ? title : `${title} (${universityTitle})`;
    };
    const rows = links.map((link, index): Cell[] => {
      const other = names.get(others[index] ?? '');
      return [
        other ? label(other) : (others[index] ?? ''),
        texts.typeLabels[other?.type ?? ''] ?? other?.type ?? '',
        texts.bondLabels[link.bond ?? ''] ?? link.bond,
        link.loss,
        bearersText(link.bearers, names) || null,
        link.documented,
        ...blankAnswerCells,
        originalCell(link, names),
        link.id,
      ];
    });
    const blankRow = sheetColumns.map((key): Cell => {
      if (key === 'kind') return texts.newLink;
      return key === 'id' ? `${addedLinkPrefix}${team.id}` : null;
    });
    yield [...rows, ...Array.from({ length: blankRowCount }, () => blankRow)];
  }
  return {
    name,
    labels: sheetColumns.map((key) => texts.columns[key]),
    batches: batches(),
    onCut: ignoreCut,
    suggestions: [
      { column: column('answer'), values: Object.values(texts.answers) },
      { column: column('new_bond'), values: { range: bondRange } },
    ],
    hidden: [column('shown'), column('id')],
  };
}

/** Titles of teams, with the university if not unique. */
function titlesOf(db: ReadHandle, teams: TeamLinks['teams']): string[] {
  const counts = new Map<string, number>();
  for (const { team } of teams) counts.set(team.title, (counts.get(team.title) ?? 0) + 1);
  const universities = readNames(db, [...new Set(teams.flatMap(({ team }) => team.university ?? []))]);
  return teams.map(({ team: { title, university } }) => {
    const universityTitle =
      (counts.get(title) ?? 0) > 1 ? universities.get(university ?? '')?.title : undefined;
    return universityTitle === undefined ? title : `${title}, ${universityTitle}`;
  });
}

function workbookSheets(db: ReadHandle, { teams }: TeamLinks, language: Language): Sheet[] {
  const texts = sheetTexts[language];
  const names = uniqueNames([texts.firstSheet, ...titlesOf(db, teams)]);
  const bondLabels = Object.values(texts.bondLabels);
  const bondRange = `'${names[0]}'!$B$2:$B$${bondLabels.length + 1}`;
  const firstSheet: Sheet = {
    name: texts.firstSheet,
    labels: [texts.firstSheet, texts.bondsHeading],
    batches: [texts.instructions.map((line, index): Cell[] => [line, bondLabels[index] ?? null])],
    onCut: ignoreCut,
  };
  return [
    firstSheet,
    ...teams.map((one, index) => teamSheet(one, names[index + 1] as string, { db, language, bondRange })),
  ];
}

/**
 * Writes a workbook with instructions and a sheet for each team with links. Throws BAD_FILE with reason no_rows without links, too_large
 * for more sheets than can be read back; CANCELLED.
 */
export async function writeSheets(
  services: Services,
  path: string,
  { language, replace, ...scope }: TeamScope & { language: Language; replace: boolean },
  pace: Pace,
): Promise<WrittenSheets> {
  const { files, read, source } = services;
  await refuseOwnFile(path, files);
  const teamLinks = await runSteps(pace, 'reading', readTeamLinks(read, scope));
  const { length } = teamLinks.teams;
  if (length === 0) throw fileRefusal('no_rows', { file: basename(path), why: clause('noLinks') });
  if (length >= maxSheets)
    throw fileRefusal('too_large', { why: clause('workbookSheets', { count: maxSheets - 1 }) });
  const file = basename(path);
  const pieces = xlsxPieces(workbookSheets(read, teamLinks, language), { file });
  const reportedPieces = reportPieces(pieces, pace, () => ({ step: 'writing', done: 0, total: null }));
  const bytes = await writeAtomically(path, source.ids.uuid(), reportedPieces, { replace });
  const links = new Set(teamLinks.teams.flatMap((one) => one.links.map(({ id }) => id))).size;
  return { file, bytes, teams: length, links };
}
