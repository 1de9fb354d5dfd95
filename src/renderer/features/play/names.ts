import { fold } from '#shared/domain/fold.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { longest } from '#shared/domain/limits.ts';
import { say } from '../../i18n/setup.ts';
import { keys, queries } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { nameRefusal } from '../../text/refusal.ts';

/** What a sandbox is called; of a damaged one, its id. */
export function nameOf({ name, id }: Pick<Sandbox, 'name' | 'id'>): string {
  return name ?? id;
}

/** The first of "… 1", "… 2" and so on from `first` that no sandbox is called. */
function firstFree(numbered: (number: number) => string, first: number): string {
  const known = queries.getQueryData<Sandbox[]>(keys.sandboxes('here')) ?? [];
  const taken = new Set(known.map(({ name }) => fold(name ?? '')));
  for (let number = first; ; number += 1) {
    const name = numbered(number);
    if (!taken.has(fold(name))) return name;
  }
}

/** What a new sandbox may be called: "Try-out 1". */
export const suggestedName = (): string => firstFree((number) => say('play:form.suggested', { number }), 1);

/** What another one like it may be called: of "Spring" it is "Spring 2", and of that "Spring 3". */
export function nextName(name: string): string {
  const stem = name.replace(/ \d+$/, '');
  return firstFree((number) => `${stem.slice(0, longest.sandbox - 1 - String(number).length)} ${number}`, 2);
}

/** The name, or the next of it where a sandbox has that. */
export function freeName(name: string): string {
  const known = queries.getQueryData<Sandbox[]>(keys.sandboxes('here')) ?? [];
  return known.some((one) => fold(one.name ?? '') === fold(name)) ? nextName(name) : name;
}

/** Whether a name was refused because another sandbox has it. */
export const isTaken = (error: unknown): boolean =>
  faultData(error, 'INVALID')?.issues.some(({ path, code }) => path === 'name' && code === 'taken') ?? false;

/** Why a sandbox cannot be called so, as a sentence; null for what went wrong besides. */
export const whyNotCalledSo = (error: unknown): string | null =>
  nameRefusal(error, { taken: say('common:nameTaken'), reserved: say('play:refused.reserved') });
