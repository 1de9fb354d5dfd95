import { readFileSync } from 'node:fs';
import { runFrames } from './command.ts';
import { textsIn } from './german.ts';

/** What is written in the records of a workspace: names and words of people, in their language and as long as they made them. */
export async function written(workspace: string): Promise<string[]> {
  const file = `${workspace}.json`;
  await runFrames(['export', '--workspace', workspace, '--out', file, '--json']);
  return textsIn(JSON.parse(readFileSync(file, 'utf8')));
}

/** What a file to import says, in the language of whoever wrote it. */
export function wordsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8');
  return file.endsWith('.json') ? textsIn(JSON.parse(text)) : textsIn(text.split(/[",;\r\n]+/));
}
