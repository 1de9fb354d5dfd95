/** What a restorer prints: what it begins, and what is done. */
export type Restoring = { begun: string } | { done: string; op_id: string };

/** Said in place of a backup's id: it is reset to what comes with the program. */
export const golden = 'golden';
