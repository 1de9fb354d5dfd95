import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from '#test/cli/frames.ts';

/** A table as somebody may have it. */
export const caseFile = (name: string): string => join(root, 'test/fixtures/cases', name);

interface Listed {
  rows: { title: string; payload: Record<string, unknown>; derived: Record<string, unknown> }[];
}

/** The program in a folder of its own, with what a case is about: importing a table into a new workspace, and what is there then. */
export function forCases() {
  const folder = inFolder();
  let made = 0;
  const imported = async (name: string, ...options: string[]) => {
    made += 1;
    const workspace = `W${made}`;
    const report = await folder.json<Record<string, unknown>>(
      'import',
      name.includes('/') ? name : caseFile(name),
      '--workspace',
      workspace,
      ...options,
    );
    const list = async (type: string, sort = 'name'): Promise<Listed['rows']> =>
      (await folder.json<Listed>(`entities list ${type} --sort ${sort}`, '--workspace', workspace)).rows;
    return {
      workspace,
      report,
      list,
      titles: async (type: string) => (await list(type)).map((row) => row.title),
    };
  };
  return { ...folder, imported };
}
