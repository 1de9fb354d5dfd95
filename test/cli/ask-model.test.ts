import { beforeAll, describe, expect, test } from 'vitest';
import { modelServer } from '#test/support/language-models.ts';
import type { ModelServer } from '#test/support/model-server.ts';
import { inFolder } from './frames.ts';

const { frames, json, refused, seed } = inFolder();
const w = ['--workspace', 'w'] as const;

/** Questions that no rule knows, and what a model answers. */
const answers: Readonly<Record<string, string>> = {
  'Which crews could replace each other?':
    '```sql\nSELECT discipline, count(*) AS crews FROM teams GROUP BY discipline ORDER BY 2 DESC\n```\nDisciplines with their number of teams.',
  'How crowded is each campus?':
    'SELECT university_id, university, count(*) AS n FROM students GROUP BY university_id, university',
  'Where do handovers happen?': '```\nSELECT id, from_title, to_title FROM interfaces LIMIT 5\n```',
  'Who could mentor newcomers?':
    '<think>hm</think>```sql\nSELECT id, name FROM faculty ORDER BY name LIMIT 7\n```',
  'Whose crew is biggest?': '```sql\nSELECT id, name, colour FROM teams\n```',
};
const repaired =
  '```sql\nSELECT id, name, size FROM teams ORDER BY size DESC LIMIT 1\n```\nThe largest team.';
const question = 'Whose crew is biggest?';

async function scripted(): Promise<ModelServer> {
  const server = await modelServer(({ messages }) => {
    const asked = messages[1]?.content ?? '';
    if (messages.length > 2) return repaired;
    return answers[asked] ?? 'IMPOSSIBLE: the tables do not say.';
  });
  const { models } = await json<{ models: { name: string }[] }>('models list', ...w);
  for (const { name } of models) await json('models remove', name, '--yes', ...w);
  await json('models add', 'Scripted', '--url', server.url, '--model', 'scripted', ...w);
  await json('models level', 'schema', ...w);
  return server;
}

interface Asked {
  proposal: { by: string; way: { kind: string; sql?: string; request?: { body: string } } };
  answer: { rows: unknown[][] } | null;
}

beforeAll(async () => {
  await seed();
});

describe('frames ask with a language model', () => {
  test('shows the request, sends it on request, corrects failing SQL, and stores approved answers', async () => {
    const server = await scripted();
    const shown = await frames('ask', question, ...w);
    expect(shown.stdout).toContain('Nothing was sent. Add --send to send it.');
    expect(server.requests).toEqual([]);

    for (const asked of Object.keys(answers)) {
      const before = server.requests.length;
      const { proposal } = await json<Asked>('ask', asked, ...w);
      const { answer, ...sent } = await json<Asked>('ask', asked, '--send', ...w);
      expect(sent.proposal, asked).toMatchObject({ by: 'model', way: { kind: 'sql' } });
      expect(answer?.rows.length, asked).toBeGreaterThan(0);
      const bodies = server.requests.slice(before).map(({ body }) => body.toString('utf8'));
      expect(bodies[0]).toBe(proposal.way.request?.body);
      expect(bodies).toHaveLength(asked === question ? 2 : 1);
    }
    expect(server.requests.at(-1)?.body.toString()).toContain('no such column: colour');
    const { stderr } = await frames('ask', question, '--send', ...w);
    expect(stderr).toContain('and the failed SQL with its error');

    const sql = 'SELECT id, name, size FROM teams ORDER BY size DESC, name LIMIT 3';
    await json('questions approve', question, sql, ...w);
    const before = server.requests.length;
    const remembered = await json<Asked>('ask', 'whose crew is the biggest', ...w);
    expect(remembered).toMatchObject({ proposal: { by: 'approved', way: { sql } } });
    expect(remembered.answer?.rows).toHaveLength(3);
    expect(server.requests).toHaveLength(before);
  });

  test('stores sent requests in the conversation, and reports an answer without SQL', async () => {
    const server = await scripted();
    const asked = 'Which crews could replace each other?';
    const { conversation } = await json<{ conversation: string }>(
      'ask',
      asked,
      '--send',
      '--conversation',
      'new',
      ...w,
    );
    const { stdout } = await frames('conversations show', conversation, ...w);
    expect(stdout).toContain(server.requests[0]?.body.toString('utf8'));
    expect(await json('ask', 'Will it rain?', '--ask-model', '--send', ...w)).toMatchObject({
      proposal: { by: 'search', sentence: 'Scripted wrote no statement: the tables do not say.' },
    });
  });

  test('reports why there is no answer', async () => {
    const server = await scripted();
    server.script = () => ({ status: 429 });
    expect(await refused('ask', question, '--ask-model', '--send', ...w)).toMatchObject({
      code: 1,
      error: { code: 'MODEL', details: { reason: 'rateLimited' } },
    });
    server.script = () => '```sql\nSELECT nothing FROM nowhere\n```';
    const requests = server.requests.length;
    expect(await refused('ask', question, '--ask-model', '--send', ...w)).toMatchObject({
      error: { code: 'SQL' },
    });
    expect(server.requests).toHaveLength(requests + 3);
  });
});
