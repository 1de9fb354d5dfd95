import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { inFolder } from './frames.ts';

const { at, frames, json } = inFolder();

describe('the report of an import', () => {
  test('names a quotation mark that is never closed, in the text, in a dry run and in JSON', async () => {
    const file = join(root, 'test/fixtures/cases/06-open-quote.csv');
    const notice = expect.objectContaining({ code: 'open_quote', where: { line: 2 } }) as unknown;
    const { stdout } = await frames('import', file, '--workspace', 'W');
    expect(stdout).toContain('line 2');
    expect(stdout).not.toContain('No problems');
    const tried = await json('import', file, '--workspace', 'W', '--dry-run', '--matching', 'create');
    expect(tried).toMatchObject({ report: { complete: false, notices: [notice] } });
    const done = await json('import', file, '--workspace', 'W', '--matching', 'create');
    expect(done).toMatchObject({ report: { complete: false, notices: [notice] } });
  });

  test('counts the cells of an omitted column, with its sheet if there are several', async () => {
    writeFileSync(at('teams.csv'), 'Team,Comment\nAvionics,a\nThermal,\nRadio,b\n');
    const done = await json('import', 'teams.csv', '--workspace', 'C', '--column', 'Comment=ignore');
    expect(done).toMatchObject({
      report: {
        complete: false,
        notices: [{ code: 'column_left_out', count: 2, where: { column: 'Comment' } }],
        problems: {},
      },
    });
  });

  test('says "no problems" if the file was imported unchanged', async () => {
    writeFileSync(at('whole.csv'), 'Team,Size\nAvionics,7\nThermal,4\n');
    expect((await frames('import', 'whole.csv', '--workspace', 'D')).stdout).toContain('No problems.');
  });
});
