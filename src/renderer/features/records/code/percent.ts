import { numberText } from '../../../text/values.ts';

/** A share, 0 to 1, in whole per cent. */
export const percentOfShare = (share: number): string => `${numberText(Math.round(100 * share))}\u00a0%`;
