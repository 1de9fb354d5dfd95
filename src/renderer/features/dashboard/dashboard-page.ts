import type { Answer } from '#shared/contract/analysis.ts';
import type { Comparison, LeavingReport, UniversityRow } from '#shared/contract/dashboards.ts';
import type { PrintedBar, PrintedPage, PrintedSection } from '#shared/shell/print.ts';
import { i18n, say } from '../../i18n/setup.ts';
import { displayTitle, typeName } from '../../text/names.ts';
import { numberText } from '../../text/values.ts';
import { subtitleText, headFact } from '../insights/evidence-page.ts';
import { headingText, reasonText, titleText, valueText } from '../insights/sentences.ts';
import { columnKeys, dashboardColumns, columnTitle } from './UniversityTable.tsx';
import { linkCount, partText, successCounts, termText } from './figures.ts';
import { factsText, leavingHeading } from './University.tsx';

type Head = Answer['head'];

interface PageSource {
  workspace: string;
  /** '' for none. */
  author: string;
  head: Head;
}

/** The date of a page about a workspace without changes. */
const dateWithoutChanges = '2000-01-01T00:00:00.000Z';

const pageOf = (
  { workspace, author, head }: PageSource,
  content: Pick<PrintedPage, 'title' | 'about' | 'sections'>,
): PrintedPage => ({
  ...content,
  language: i18n.language,
  about: [workspace, content.about].filter((part) => part !== '').join(' · '),
  author: author === '' ? '' : say('frame:print.by', { name: author }),
  facts: [headFact(head)],
  at: head.at ?? dateWithoutChanges,
});

const tableOf = ({ universities, shared, total }: Comparison): PrintedSection['table'] => ({
  words: 1,
  columns: [typeName('university'), ...columnKeys.map(columnTitle)],
  rows: [
    ...universities.map((row) => [row.name, ...columnKeys.map((key) => dashboardColumns[key].text(row))]),
    [say('records:field.is_collaborative'), ...columnKeys.map((key) => dashboardColumns[key].text(shared))],
    [say('dashboard:total'), ...columnKeys.map((key) => dashboardColumns[key].text(total))],
  ],
});

/** More bars are hard to read; the table has all universities. */
const maxBars = 12;

function linkBars(universities: readonly UniversityRow[]): PrintedBar[] {
  const rows = universities.slice(0, maxBars).map((row) => ({ name: row.name, count: linkCount(row) }));
  const maxCount = Math.max(1, ...rows.map(({ count }) => count));
  return rows.map(({ name, count }) => ({ label: name, value: numberText(count), share: count / maxCount }));
}

export function comparisonPage(comparison: Comparison, source: PageSource): PrintedPage {
  const { universities, total } = comparison;
  const allLinks = linkCount(total);
  const title =
    allLinks === 0
      ? say('dashboard:heading.noLinks', { count: universities.length })
      : say('dashboard:heading.links', { count: total.links.across, all: numberText(allLinks) });
  return pageOf(source, {
    title,
    about: say('commands:view.dashboard'),
    sections: [
      {
        heading: say('commands:view.dashboard'),
        note: say('dashboard:how.universities'),
        items: [],
        table: tableOf(comparison),
        ...(allLinks > 0 && {
          chart: { heading: say('dashboard:chart.links'), bars: linkBars(universities), isNeutral: true },
        }),
      },
    ],
  });
}

function leavingSection({ by_team: groups, by: termEnd }: LeavingReport): PrintedSection {
  return {
    heading: say('dashboard:leaving.title', { by: termText(termEnd, 'long') }),
    note: groups.length === 0 ? say('dashboard:leaving.none') : '',
    items: groups.map(({ team, members, leaving }) => ({
      title: team ? displayTitle(team.title, 'team') : say('dashboard:leaving.noTeam'),
      about: '',
      value: team ? partText(leaving.length, members) : numberText(leaving.length),
      share: null,
      lines: [leaving.map(({ title }) => displayTitle(title, 'student')).join(', ')],
    })),
  };
}

const answerSection = (answer: Answer): PrintedSection => ({
  heading: say(`insights:question.${answer.question}`),
  note: answer.items.length === 0 ? headingText(answer) : say(`insights:formula.${answer.question}`),
  items: answer.items.map((item) => ({
    title: titleText(item),
    about: subtitleText(item),
    value: valueText(item),
    share: null,
    lines: [reasonText(item)].filter((line) => line !== ''),
  })),
});

export function universityPage(
  row: UniversityRow,
  leaving: LeavingReport,
  answers: readonly Answer[],
  source: PageSource,
): PrintedPage {
  const { succeeded, recorded } = successCounts(row.outcomes);
  const outcomesSection: PrintedSection = {
    heading: say('dashboard:chart.outcomes'),
    note: recorded === 0 ? say('dashboard:unknown.noOutcomes') : partText(succeeded, recorded),
    items: [],
  };
  return pageOf(source, {
    title: leavingHeading(leaving),
    about: `${row.name} · ${factsText(row)}`,
    sections: [leavingSection(leaving), ...answers.map(answerSection), outcomesSection],
  });
}
