import { expect, test } from 'vitest';
import type { Answer, Question } from '#shared/contract/analysis.ts';
import { sampleTemplate } from '#test/support/sample.ts';
import { resultOf } from '#test/support/sandboxes.ts';
import { testWorkspace } from '#test/support/workspace.ts';

const template = await sampleTemplate();

test('the sample shows actionable results: few alarms, lists with distinct rows, and repairs that help', async () => {
  const client = (await testWorkspace({ template })).as();
  const ask = async (question: Question): Promise<Answer> =>
    resultOf(await client.analysis.insights({ question, limit: 10 }));
  for (const question of ['degrading', 'cohorts'] as const) {
    const { ranked, judged } = await ask(question);
    expect(ranked).toBeGreaterThan(2);
    expect(ranked / judged).toBeLessThan(0.2);
  }
  for (const question of ['leavers', 'degrading', 'weak', 'undocumented', 'cohorts', 'expertise'] as const) {
    const { items } = await ask(question);
    expect(new Set(items.map(({ value }) => value)).size).toBe(items.length);
    const [first] = items;
    const best = Math.min(...(first?.interventions ?? []).map(({ value }) => value));
    expect(best).toBeLessThan(0.9 * (first?.value ?? 0));
  }
});

test('documenting the most undocumented link of the sample helps in the next term, in nearly every run', async () => {
  const client = (await testWorkspace({ template })).as();
  const { items } = await resultOf(
    await client.analysis.insights({ question: 'undocumented', quick: true, limit: 1 }),
  );
  const id = items[0]?.id ?? '';
  const { difference } = await resultOf(
    await client.analysis.simulate({ steps: [{ do: 'document', id }], terms: 1, runs: 100 }),
  );
  expect(difference[1]?.better).toBeGreaterThan(0.95);
});
