/** An open target that is not a point in time. */
export type Home = { kind: 'live' } | { kind: 'sandbox'; id: string };

/**
 * The open part of a workspace: live, a sandbox, or a read-only point in time of either. `at` is an input of `moments.resolve`; `sandbox`
 * is an id, or null for live.
 */
export type Target = Home | { kind: 'moment'; at: number | string; sandbox: string | null };

/** The target itself, or the one that its point in time belongs to. */
export function homeOf(target: Target): Home {
  if (target.kind !== 'moment') return target;
  return target.sandbox === null ? { kind: 'live' } : { kind: 'sandbox', id: target.sandbox };
}

const uuid7 = '[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}';
const sandboxId = new RegExp(`^sbx_${uuid7}$`);

/** Whether a text is a sandbox id. Ids become parts of paths, so nothing else is accepted. */
export function isSandboxId(text: string): boolean {
  return sandboxId.test(text);
}

/** The target of an address: sandbox id or null for live, whether it shows the past, and its transaction if given. */
export interface NamedTarget {
  sandbox: string | null;
  past: boolean;
  at: number | null;
}

const named = /^(then-)?(live|sbx_[^.]*)(?:\.([1-9]\d{0,14}))?$/;

/** Parses `live` or a sandbox id, optionally as `then-ID` or `then-ID.TRANSACTION`; null for other texts. */
export function parseTarget(text: string): NamedTarget | null {
  const [, then, home = '', at] = named.exec(text) ?? [];
  if ((home !== 'live' && !isSandboxId(home)) || (at !== undefined && then === undefined)) return null;
  return {
    sandbox: home === 'live' ? null : home,
    past: then !== undefined,
    at: at === undefined ? null : Number(at),
  };
}

export function printTarget({ sandbox, past, at }: NamedTarget): string {
  return `${past ? 'then-' : ''}${sandbox ?? 'live'}${at === null ? '' : `.${at}`}`;
}
