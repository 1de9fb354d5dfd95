import { say } from '../../i18n/setup.ts';
import { inPast } from '../../stores/target.ts';
import { counted, countedAll, joined } from '../../text/names.ts';

/** Which greeting fits an hour of 0..23. */
export function partOfDay(hour: number): 'night' | 'morning' | 'afternoon' | 'evening' {
  if (hour < 5) return 'night';
  if (hour < 12) return 'morning';
  return hour < 18 ? 'afternoon' : 'evening';
}

/** What is said first of all: universities, teams, people, links; whatever is there when there is none of these. */
const foremost = [
  ['university', 'universities'],
  ['team', 'teams'],
  ['student', 'students'],
  ['interface', 'interfaces'],
] as const;

/** "Good morning. Pathfinder 2026 · 5 universities, 64 teams and 173 links": what is here, in a line. */
export function hereText(workspace: string, counts: Readonly<Record<string, number>>, now: Date): string {
  const hello = say(`home:hello.${partOfDay(now.getHours())}`);
  const parts = foremost.flatMap(([type, table]) => {
    const count = counts[table] ?? 0;
    return count > 0 ? [counted(type, count)] : [];
  });
  const what = parts.length > 0 ? joined(parts) : countedAll(counts);
  return what === ''
    ? say(inPast() ? 'home:hereNothingThen' : 'home:hereNothing', { hello, workspace })
    : say('home:here', { hello, workspace, what });
}
