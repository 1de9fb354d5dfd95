/**
 * How many UTF-16 units a text may have: a name or other line, the name of a sandbox or of a moment, a note about something, a long text,
 * an id, a web address.
 */
export const longest = {
  name: 300,
  sandbox: 120,
  checkpoint: 120,
  note: 200,
  text: 20_000,
  id: 200,
  url: 2000,
} as const;

/** How many records a list of references may name. */
export const mostReferences = 100;

/** Fields that a record may have, and bytes of its JSON, at a server. */
export const mostFields = 1000;
export const mostRecordBytes = 1024 * 1024;

/** How deep lists and objects may nest. SQLite keeps no JSON deeper than 1000. */
export const deepest = 900;

/** Whether a text holds characters that steer a terminal or break a line, and so have no place in a name or an id. */
export function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** What is said of such a name or id. */
export const noControls = 'must not contain control characters';

/** A text on one line: each run of control characters is a blank. */
export function withoutControls(text: string): string {
  return text.replaceAll(/\p{Cc}+/gu, ' ').trim();
}
