import { oc } from '@orpc/contract';
import { faults } from './faults.ts';

/** What every operation starts from: the declared errors. */
export const operation = oc.errors(faults);
