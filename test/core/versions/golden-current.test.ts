import { sentenceText, verbatim } from '#shared/texts/sentence.ts';
import { chmodSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { ownResources } from '#test/support/golden.ts';
import { refused } from '#test/support/refusal.ts';
import { resultOf, take } from '#test/support/sandboxes.ts';
import { preparePeople } from '#test/support/steps.ts';
import { makeTemplate, testWorkspace } from '#test/support/workspace.ts';

const template = await makeTemplate(preparePeople);

/** Version 1 comes with the program, 2 and 3 were published. */
async function three() {
  const workspace = await testWorkspace({ template, resources: ownResources() });
  const ada = workspace.as();
  await resultOf(await ada.golden.publish({ note: 'Two' }));
  await resultOf(await ada.golden.publish({ note: 'Three' }));
  const fileOf = (version: number): string => join(workspace.files.golden, `${version}.frames`);
  return { ada, fileOf };
}

function overwrite(file: string, text: string): void {
  chmodSync(file, 0o644);
  writeFileSync(file, text);
}

const damages: Readonly<Record<string, [reason: string, spoil: (file: string) => void]>> = {
  'it is garbage': ['foreign', (file) => overwrite(file, 'garbage')],
  'it is empty': ['foreign', (file) => overwrite(file, '')],
  'it is cut off': ['changed', (file) => truncateSync(file, 9000)],
};

describe('the current golden version', () => {
  test.each(Object.entries(damages))(
    'is none other while it cannot be read: %s',
    async (_, [reason, spoil]) => {
      const { ada, fileOf } = await three();
      spoil(fileOf(3));
      const status = await ada.golden.status({});
      expect(status).toMatchObject({
        current: 3,
        versions: [3, 2, 1],
        unusable: [{ version: 3, problem_code: reason }],
        live: { same: false, differing: null, changes: null },
      });
      expect(sentenceText(status.unusable[0]?.problem ?? verbatim(''))).toMatch(/^Golden version 3 /);
      expect((await ada.golden.list({})).filter(({ current }) => current)).toMatchObject([
        { version: 3, problem_code: reason },
      ]);
      const { data, message } = await refused('GOLDEN', resultOf(await ada.golden.reset({ dry: true })));
      expect(data).toMatchObject({ reason, version: 3 });
      expect(message).toMatch(
        /^Golden version 3 .*as the current version it is not replaced by another.* Nothing was changed\.$/,
      );
      expect((await refused('GOLDEN', take(ada, 'S', 'golden'))).data).toMatchObject({ reason, version: 3 });
      const refusal = await refused('GOLDEN', resultOf(await ada.golden.reset({})));
      expect(refusal.data).toMatchObject({ reason, version: 3 });
      expect((await resultOf(await ada.golden.reset({ version: 2 }))).version).toBe(2);
    },
  );

  test('is the newest whole one again once its file was moved away, or another was published', async () => {
    const { ada, fileOf } = await three();
    overwrite(fileOf(3), 'garbage');
    await resultOf(await ada.golden.publish({}));
    expect(await ada.golden.status({})).toMatchObject({ current: 4, unusable: [{ version: 3 }] });
    for (const version of [4, 3]) rmSync(fileOf(version));
    expect(await ada.golden.status({})).toMatchObject({ current: 2, unusable: [] });
  });
});
