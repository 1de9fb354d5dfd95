import { foldText } from '#shared/domain/fold.ts';
import type { Sandbox } from '#shared/contract/sandboxes.ts';
import { maxLengths } from '#shared/domain/limits.ts';
import { say } from '../../i18n/setup.ts';
import { queryKeys, queryClient } from '../../stores/queries.ts';
import { faultData } from '../../text/faults.ts';
import { nameRefusal } from '../../text/refusal.ts';

/** The name of a sandbox; the id of a damaged sandbox. */
export function nameOf({ name, id }: Pick<Sandbox, 'name' | 'id'>): string {
  return name ?? id;
}

/** The first free name of "… 1", "… 2" and so on, from `first`. */
function firstFreeName(nameFor: (number: number) => string, first: number): string {
  const sandboxes = queryClient.getQueryData<Sandbox[]>(queryKeys.sandboxes('here')) ?? [];
  const usedNames = new Set(sandboxes.map(({ name }) => foldText(name ?? '')));
  for (let number = first; ; number += 1) {
    const name = nameFor(number);
    if (!usedNames.has(foldText(name))) return name;
  }
}

/** Suggested name of a new sandbox: "Try-out 1". */
export const suggestedName = (): string =>
  firstFreeName((number) => say('play:form.suggested', { number }), 1);

/** Suggested name of a duplicate: "Spring 2" of "Spring", "Spring 3" of "Spring 2". */
export function nextName(name: string): string {
  const stem = name.replace(/ \d+$/, '');
  return firstFreeName(
    (number) => `${stem.slice(0, maxLengths.sandbox - 1 - String(number).length)} ${number}`,
    2,
  );
}

/** The name if it is free, else the next free name. */
export function freeName(name: string): string {
  const sandboxes = queryClient.getQueryData<Sandbox[]>(queryKeys.sandboxes('here')) ?? [];
  return sandboxes.some((one) => foldText(one.name ?? '') === foldText(name)) ? nextName(name) : name;
}

/** Whether a name was refused because it is taken. */
export const isNameTaken = (error: unknown): boolean =>
  faultData(error, 'INVALID')?.issues.some(({ path, code }) => path === 'name' && code === 'taken') ?? false;

/** Why a sandbox's name is refused, as a sentence; null for other errors. */
export const nameProblem = (error: unknown): string | null =>
  nameRefusal(error, { taken: say('common:nameTaken'), reserved: say('play:refused.reserved') });
