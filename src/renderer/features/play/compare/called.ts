import type { Carried } from '#shared/contract/compare.ts';
import { nameAndWhose, nameApart } from '../../../text/alike.ts';
import type { Apart } from '../../../text/alike.ts';

export type Called = Omit<Carried['records'][number], 'action'>;

/** By name and university, since others of its name need not be among these; a link by its ends. */
export const calledOf = (one: Called, apart: Apart): string =>
  one.type === 'interface' ? nameApart(one, apart) : nameAndWhose(one, apart);
