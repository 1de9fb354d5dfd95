import type { Carried } from '#shared/contract/compare.ts';
import { amount, countsLine, sentence } from '../words.ts';
import { calledFully } from './called.ts';
import type { Called } from './called.ts';
import { isRefused, problemLines } from './problems.ts';

/** `created 2 teams, 1 project; removed 1 team` */
export function carriedText({
  created,
  restored,
  updated,
  removed,
}: Pick<Carried, 'created' | 'restored' | 'updated' | 'removed'>): string {
  const parts = Object.entries({ created, restored, updated, removed }).flatMap(([action, counts]) =>
    Object.keys(counts).length > 0 ? [`${action} ${countsLine(counts)}`] : [],
  );
  return parts.length > 0 ? parts.join('; ') : 'nothing to change';
}

/** Most of what goes along that is named. */
const named = 20;

/** `1 interface, 1 emptied reference: link "A → B", student "Ada"`; '' where nothing goes along. */
function alongText({ along, records }: Carried): string {
  const counts = [
    ...(along.links > 0 ? [amount(along.links, 'interface')] : []),
    ...(along.references > 0 ? [amount(along.references, 'emptied reference')] : []),
  ];
  const all = records.filter(({ action }) => action === 'along');
  const names = all.slice(0, named).map(calledFully);
  const more = Math.max(0, along.links + along.references - names.length);
  const list = [...names, ...(more > 0 && names.length > 0 ? [`${more} more`] : [])];
  return counts.length === 0
    ? ''
    : [counts.join(', '), ...(list.length > 0 ? [list.join(', ')] : [])].join(': ');
}

/** What is asked about before it is done: what would be done, and what would go along. */
export function carriedQuestion(would: Carried): string {
  const along = alongText(would);
  return along === '' ? carriedText(would) : `${carriedText(would)}; along with what is removed ${along}`;
}

/** Which conflicts keep what `side` has, of records that stay as they are and of such as are changed in other fields. */
function leftLines({ left, left_partly: partly }: Carried, side: 'live' | 'Play'): string[] {
  const whole = left - partly;
  const changed = amount(partly, 'changed record keeps', 'changed records keep');
  return [
    ...(partly > 0 ? [`${sentence(changed)} what ${side} has where both changed the same.`] : []),
    ...(whole > 0
      ? [
          `${sentence(amount(whole, 'record with conflicts stays as it is', 'records with conflicts stay as they are'))}.`,
        ]
      : []),
  ];
}

/** How a dry run says it: that it would be refused stands before it. */
const wouldBe = ({ problems, undecided }: Carried): string =>
  problems.length + undecided.length > 0 ? 'Otherwise it would be' : 'Would be';

/** What was done, or in a dry run would be. */
export function carriedLines(done: Carried, word: string): string[] {
  const { dry, backup, records, problems, undecided } = done;
  const said = word.endsWith('e') ? `${word}d` : `${word}ed`;
  const nothing = records.length === 0 && problems.length === 0 && undecided.length === 0;
  const first = nothing
    ? `There is nothing to ${word.toLowerCase()}.`
    : `${dry ? `${wouldBe(done)} ${said.toLowerCase()}` : said}: ${carriedText(done)}.`;
  const gone = alongText(done);
  const side = word === 'Promote' ? 'live' : 'Play';
  return [
    ...(isRefused(problems) ? [] : [first]),
    ...(gone === '' ? [] : [`Along with what is removed: ${gone}.`]),
    ...leftLines(done, side),
    ...followedLines(done, side),
    ...unnamedLines(done),
    ...undecided.map(
      ({ title, id, field }) => `? ${field === null ? '' : `${field} of `}"${title}" (${id}) is in conflict`,
    ),
    ...problemLines(problems, undecided.length === 0),
    ...(backup === null ? [] : [`Backup before it: ${backup}. "frames undo" takes it back.`]),
  ];
}

/** Who may act in the sandbox, and what they may do, which live has only when somebody says so. */
function unnamedLines({ unnamed }: Carried): string[] {
  if (unnamed.length === 0) return [];
  const what = `${sentence(amount(unnamed.length, 'profile stays out', 'profiles stay out'))}: ${listed(unnamed)}`;
  return [`${what}. Who may do what in live is promoted only by name (--only).`];
}

const listed = (all: readonly Called[]): string => {
  const names = new Set(all.map(calledFully));
  const more = names.size - named;
  return [...[...names].slice(0, named), ...(more > 0 ? [`${more} more`] : [])].join(', ');
};

/** What stays with a record that `side` keeps though the other deleted it, and what comes back there with one: a line for each. */
export function followedLines({ followed }: Pick<Carried, 'followed'>, side: 'live' | 'Play'): string[] {
  const from = side === 'live' ? 'Play' : 'live';
  const line = (action: 'stays' | 'back', said: (of: string, what: string) => string): string[] => {
    const all = followed.records.filter((one) => one.action === action);
    if (all.length === 0) return [];
    const beyond = followed[action] - all.length;
    const what = `${listed(all)}${beyond > 0 ? `, ${beyond} more` : ''}`;
    return [said(listed(all.map(({ of }) => of)), what)];
  };
  return [
    ...line(
      'stays',
      (of, what) =>
        `${sentence(side)} keeps ${of}, and so what went, or lost a reference, with that in ${from} stays as it is: ${what}.`,
    ),
    ...line(
      'back',
      (of, what) => `With ${of} comes back what went, or lost a reference, with that in ${side}: ${what}.`,
    ),
  ];
}
