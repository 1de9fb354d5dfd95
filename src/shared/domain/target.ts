/** What of a workspace is open: its records, or a sandbox, which is a copy of them to try things in. */
export type Target = { kind: 'live' } | { kind: 'sandbox'; id: string };

const uuid7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const sandboxId = new RegExp(`^sbx_${uuid7}$`);

/** Whether a text is an id as sandboxes have them. Nothing else may become part of a path. */
export function isSandboxId(text: string): boolean {
  return sandboxId.test(text);
}
