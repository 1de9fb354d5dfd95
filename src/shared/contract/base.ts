import { oc } from '@orpc/contract';
import { faults } from './fault-data.ts';

/** The base of every operation: it declares the errors. */
export const operation = oc.errors(faults);
