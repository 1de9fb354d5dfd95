import { oc } from '@orpc/contract';
import { faults } from './fault-data.ts';

export const operation = oc.errors(faults);
