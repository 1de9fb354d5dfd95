/** An open target that is not a point in time. */
export type CurrentTarget = { kind: 'live' } | { kind: 'sandbox'; id: string };

/**
 * The open part of a workspace: live, a sandbox, or a read-only point in time of either. `at` is an input of `moments.resolve`; `sandbox`
 * is an id, or null for live.
 */
export type Target = CurrentTarget | { kind: 'moment'; at: number | string; sandbox: string | null };

/** The target itself, or the one that its point in time belongs to. */
export function currentTargetOf(target: Target): CurrentTarget {
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
export interface AddressTarget {
  sandbox: string | null;
  isPast: boolean;
  at: number | null;
}

const targetPattern = /^(then-)?(live|sbx_[^.]*)(?:\.([1-9]\d{0,14}))?$/;

/** Parses `live` or a sandbox id, optionally as `then-ID` or `then-ID.TRANSACTION`; null for other texts. */
export function parseTarget(text: string): AddressTarget | null {
  const [, pastPrefix, targetId = '', at] = targetPattern.exec(text) ?? [];
  if ((targetId !== 'live' && !isSandboxId(targetId)) || (at !== undefined && pastPrefix === undefined))
    return null;
  return {
    sandbox: targetId === 'live' ? null : targetId,
    isPast: pastPrefix !== undefined,
    at: at === undefined ? null : Number(at),
  };
}

export function printTarget({ sandbox, isPast, at }: AddressTarget): string {
  return `${isPast ? 'then-' : ''}${sandbox ?? 'live'}${at === null ? '' : `.${at}`}`;
}
