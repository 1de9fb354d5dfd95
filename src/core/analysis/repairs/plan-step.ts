import { setTimeout as sleep } from 'node:timers/promises';
import { isFault } from '#shared/contract/faults.ts';
import { planStepName } from '#shared/events/events.ts';
import { consume } from '../../events/subscribers.ts';
import { localDay } from '../../kernel/system.ts';
import type { CallContext } from '../../model/services.ts';
import { writePlan } from './plan-repair.ts';

/** Milliseconds for a person who plans the tasks right after the repair. */
const settleMs = 5000;

/**
 * Plans the tasks of proposed repairs from the templates that fit their steps, as an agent, while the subscriber `planStepName` exists. Skips
 * repairs with tasks, without a template, or without a fact that the template needs. Runs until the workspace closes.
 */
export function runPlanStep(
  { services, session }: CallContext,
  times: { settleMs?: number; retryMs?: number } = {},
): Promise<void> {
  const call = { services, session: { ...session, agent: 'Template agent' } };
  return consume(
    call,
    planStepName,
    async (events, signal) => {
      await sleep(times.settleMs ?? settleMs, undefined, { signal });
      const today = localDay(services.source.clock.now());
      return (write) => {
        for (const { subject } of events)
          try {
            const id = subject.slice('repair/'.length);
            writePlan(write, { id, language: 'en', dry: false }, { value: null, today });
          } catch (error) {
            if (!isFault(error) || !['INVALID', 'NOT_FOUND'].includes(error.code)) throw error;
          }
      };
    },
    { types: ['idea.created'], isOptional: true, ...times },
  );
}
