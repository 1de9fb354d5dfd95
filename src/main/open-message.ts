import type { ToData } from '#shared/shell/process.ts';
import type { Target } from './arguments.ts';

/** What the data process is told to open. */
export function openMessage({ workspace, sample, sandbox, at }: Target): Extract<ToData, { kind: 'open' }> {
  // A sandbox is never made by opening it, nor filled; nor is what is looked at as it was.
  const made = {
    sample: sample && sandbox === undefined && at === undefined,
    name: sample ? 'Sample' : '',
  };
  const home =
    sandbox === undefined ? ({ kind: 'live' } as const) : ({ kind: 'sandbox', id: sandbox } as const);
  const of = at === undefined ? home : ({ kind: 'moment', at, sandbox: sandbox ?? null } as const);
  return { kind: 'open', workspace, target: of, ...made };
}
