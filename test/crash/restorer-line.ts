/** What a restorer prints: what it begins, and what is done. */
export type Restoring = { begun: string } | { done: string; op_id: string };
