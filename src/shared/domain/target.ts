/** What is open when it is no moment. */
export type Home = { kind: 'live' } | { kind: 'sandbox'; id: string };

/**
 * What of a workspace is open: its records; a sandbox, which is a copy of them to try things in; or what one of the two was at a moment, which
 * is only read. `at` is what `moments.resolve` takes; `sandbox` is an id, or null for live.
 */
export type Target = Home | { kind: 'moment'; at: number | string; sandbox: string | null };

/** What a target is, or is a moment of. */
export function homeOf(target: Target): Home {
  if (target.kind !== 'moment') return target;
  return target.sandbox === null ? { kind: 'live' } : { kind: 'sandbox', id: target.sandbox };
}

const uuid7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const sandboxId = new RegExp(`^sbx_${uuid7}$`);

/** Whether a text is an id as sandboxes have them. Nothing else may become part of a path. */
export function isSandboxId(text: string): boolean {
  return sandboxId.test(text);
}

/** What an address says of what is open: a sandbox's id, or null for live; whether it is looked at as it was, and at which transaction if it says so. */
export interface NamedTarget {
  sandbox: string | null;
  past: boolean;
  at: number | null;
}

const named = /^(then-)?(live|sbx_[^.]*)(?:\.([1-9]\d{0,14}))?$/;

/** Reads `live`, a sandbox's id, and `then-` and one of the two with or without `.` and a transaction's number; null for anything else. */
export function parseTarget(text: string): NamedTarget | null {
  const [, then, home = '', at] = named.exec(text) ?? [];
  if ((home !== 'live' && !isSandboxId(home)) || (at !== undefined && then === undefined)) return null;
  return {
    sandbox: home === 'live' ? null : home,
    past: then !== undefined,
    at: at === undefined ? null : Number(at),
  };
}

/** The same as a text. */
export function printTarget({ sandbox, past, at }: NamedTarget): string {
  return `${past ? 'then-' : ''}${sandbox ?? 'live'}${at === null ? '' : `.${at}`}`;
}
