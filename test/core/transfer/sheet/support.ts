import { fileURLToPath } from 'node:url';
import type { SheetChoicesInput, SheetLayout, SheetPreview, SheetView } from '#shared/contract/sheets.ts';
import { drain } from '../workspace.ts';
import type { Workspace } from '../workspace.ts';

export const teamsCsv = fileURLToPath(new URL('../../../fixtures/teams.csv', import.meta.url));
export const teamsXlsx = fileURLToPath(new URL('../../../fixtures/teams.xlsx', import.meta.url));

/** What a text says when it is read as a pasted table. */
export async function look(
  { client }: Pick<Workspace, 'client'>,
  text: string,
  name = 'teams.csv',
  layout?: SheetLayout,
): Promise<SheetView> {
  return (await drain(await client.transfer.readSheet({ source: { text, name }, layout }))).result;
}

/** Choices as they are guessed, with some decided otherwise. */
export function guessed(view: SheetView, other: Partial<SheetChoicesInput> = {}): SheetChoicesInput {
  const type = other.type ?? view.type;
  return { type, columns: view.guesses[type] ?? [], ...other };
}

export interface Tried {
  view: SheetView;
  choices: SheetChoicesInput;
  preview: SheetPreview;
}

/** Looks at a pasted table and at what importing it would do. */
export async function tryText(
  workspace: Pick<Workspace, 'client'>,
  text: string,
  other: Partial<SheetChoicesInput> = {},
): Promise<Tried> {
  const view = await look(workspace, text);
  const choices = guessed(view, other);
  const source = { text, name: 'teams.csv' };
  const { result: preview } = await drain(await workspace.client.transfer.previewSheet({ source, choices }));
  return { view, choices, preview };
}

/** Imports a pasted table. */
export async function bringText(
  workspace: Pick<Workspace, 'client'>,
  text: string,
  other: Partial<SheetChoicesInput> = {},
  layout?: SheetLayout,
) {
  const view = await look(workspace, text, 'teams.csv', layout);
  const request = { source: { text, name: 'teams.csv' }, layout, choices: guessed(view, other) };
  return (await drain(await workspace.client.transfer.importSheet(request))).result;
}

/** Problems by what a person acts on. */
export const told = ({ problems }: SheetPreview): string[] =>
  problems.map(({ code, value, lines, action }) => [code, value, lines, action].join(' | '));

export type Made = [type: 'university' | 'team' | 'project', data: Record<string, string | number>];

/** Makes a record and gives its id. */
export async function makeIn(workspace: Workspace, ...[type, data]: Made): Promise<string> {
  return (await workspace.client.entities.create({ type, data })).record.id;
}
