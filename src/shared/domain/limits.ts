/** Maximum lengths of texts in UTF-16 units. */
export const maxLengths = {
  name: 300,
  sandbox: 120,
  checkpoint: 120,
  note: 200,
  text: 20_000,
  id: 200,
  url: 2000,
} as const;

/** Maximum number of records in a list of references. */
export const maxReferences = 100;

/** Maximum number of repairs that agents can propose in one file and day (UTC). */
export const maxAgentProposals = 20;

/** Limits of a record, here and on a server: number of fields, and bytes of its JSON. */
export const maxFields = 1000;
export const maxRecordBytes = 1024 * 1024;

/** Maximum nesting of JSON values. SQLite's limit is 1000. */
export const maxDepth = 900;

/** Whether a text has control characters, which break lines or control a terminal. Names and ids must not have them. */
export function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** A text on one line: each run of control characters becomes a space. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
