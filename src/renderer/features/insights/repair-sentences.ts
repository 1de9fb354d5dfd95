import type { Intervention } from '#shared/contract/analysis.ts';
import { say } from '../../i18n/setup.ts';
import type { Params } from './sentences.ts';

export function repairText({ code, params }: Intervention): string {
  const count = Number(params['count']);
  switch (code) {
    case 'take_over':
      return say('insights:repair.take_over', { ...(params as Params), count });
    case 'write_down_all':
      return say('insights:repair.write_down_all', { count });
    case 'second_author':
      return say(`insights:repair.${params['from'] ? code : 'second_author_unnamed'}`, {
        ...(params as Params),
        count,
      });
    case 'learn':
    case 'learn_member':
      return say(`insights:repair.${code}`, { ...(params as Params), count });
    case 'established':
      return say('insights:repair.keep_member', params as Params);
    case 'pair':
    case 'write_down':
    case 'strengthen':
    case 'restore':
    case 'keep_member':
    case 'incoming':
    case 'both':
      return say(`insights:repair.${code}`, params as Params);
    default:
      return '';
  }
}

/** What simulated organisations showed about a repair; null for repairs that were not tried there. */
export function triedText({ code }: Intervention): string | null {
  switch (code) {
    case 'write_down':
    case 'write_down_all':
      return say('insights:tried.write_down');
    case 'learn':
    case 'learn_member':
      return say('insights:tried.learn');
    case 'keep_member':
    case 'established':
    case 'incoming':
    case 'both':
      return say('insights:tried.joins');
    case 'pair':
    case 'take_over':
      return say(`insights:tried.${code}`);
    default:
      return null;
  }
}

/** The cost of a repair: the number of people, of new links or of changed links. */
export function costText({ changes }: Intervention): string {
  const [firstStep] = changes;
  if (firstStep?.do === 'author') return say('insights:cost.files', { count: firstStep.files.length });
  const kind =
    firstStep?.do === 'mentor' || firstStep?.do === 'learn'
      ? 'people'
      : firstStep?.do === 'link'
        ? 'links'
        : 'changed';
  const count = changes.length;
  return kind === 'people' ? say('records:unit.people', { count }) : say(`insights:cost.${kind}`, { count });
}
