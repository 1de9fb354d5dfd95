import { numberForm } from '../../../text/formats.ts';

const hundredth = numberForm({ minimumFractionDigits: 2, maximumFractionDigits: 2 });

/** A total, contribution or risk from 0 to 1: `0.75`. */
export const totalText = (total: number): string => hundredth(total);
