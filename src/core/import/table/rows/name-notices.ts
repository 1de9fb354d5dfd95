import type { Notices } from '../../notices.ts';
import { degreesField, remarkField } from './row-name.ts';
import type { RowPlanner } from './row-planner.ts';

/** Says how many names of people were read otherwise than written. A chosen order of names is not said. */
export function addNameNotices(
  notices: Notices,
  { turnedNames, titledNames, remarkedNames, formerMembers }: RowPlanner,
  isOrderChosen: boolean,
): void {
  if (formerMembers > 0) notices.add('former_members', { count: formerMembers });
  if (turnedNames.count > 0 && !isOrderChosen)
    notices.add('names_turned', {
      count: turnedNames.count,
      params: { value: turnedNames.example, becomes: turnedNames.becomes },
    });
  for (const [code, field, { count, example: value }] of [
    ['titles_moved', degreesField, titledNames],
    ['remarks_moved', remarkField, remarkedNames],
  ] as const)
    if (count > 0) notices.add(code, { count, params: { value, field } });
}
