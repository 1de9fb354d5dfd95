import { runSync } from '#core/kernel/progress.ts';
import { seededRandom } from '#core/analysis/graph/random.ts';
import { findAnswer } from '#core/analysis/questions/find-answer.ts';
import { makeOrganisation } from './organisations.ts';

/** Errors of the answer about who leaves soon, in programmes that are even but for chance: teams of so many, whose members stay so long. */
interface AlarmRow {
  name: string;
  teams: number;
  /** Marked as losing more than usual, although only chance is at work. */
  marked: number;
  /** Lose half or more of their members by the end of the next term over undocumented links. */
  halved: number;
  /** Of these: not among the answers. */
  missed: number;
}

const teamsOfProgramme = 60;
const programmes = 3;
const stays = [4, 5, 6, 7, 8];

function alarmRow(sizes: readonly number[]): AlarmRow {
  const random = seededRandom(20261130);
  const row: AlarmRow = { name: `${sizes[0]} to ${sizes.at(-1)}`, teams: 0, marked: 0, halved: 0, missed: 0 };
  for (const size of sizes)
    for (const stay of stays)
      for (let programme = 0; programme < programmes; programme++) {
        const teams = Array.from({ length: teamsOfProgramme }, () => ({
          terms: Array.from({ length: size }, () => Math.ceil(random() * stay)),
        }));
        const links = teams.map((_, team) => ({
          from: team,
          to: (team + 1) % teams.length,
          loss: 35,
          documented: 0.2,
        }));
        const { items } = runSync(
          findAnswer(makeOrganisation(teams, links).organisation, {
            question: 'leaving',
            who: 'teams',
            only: null,
            set: null,
            limit: 10,
            quick: true,
            seed: 1,
          }),
        );
        const listed = items.filter(({ link }) => link === null);
        row.teams += teams.length;
        row.marked += listed.filter(({ reason }) => reason.params['unusual'] === 1).length;
        for (const [team, { terms }] of teams.entries()) {
          if (2 * terms.filter((left) => left <= 2).length < size) continue;
          row.halved += 1;
          row.missed += Number(!listed.some(({ nodes }) => nodes.includes(team)));
        }
      }
  return row;
}

export const alarmRows = (): AlarmRow[] =>
  [
    [2, 3],
    [4, 5, 6, 7, 8],
    [9, 10, 11, 12],
  ].map(alarmRow);

const percent = (part: number, whole: number): string => `${((100 * part) / whole).toFixed(1)} %`;

export const alarmTable = (rows: readonly AlarmRow[]): string =>
  [
    '| members of a team | teams | marked *more than usual* by chance | lose half or more | of these not listed |',
    '|---|---|---|---|---|',
    ...rows.map(
      ({ name, teams, marked, halved, missed }) =>
        `| ${name} | ${teams} | ${percent(marked, teams)} | ${halved} | ${percent(missed, halved)} |`,
    ),
  ].join('\n');
