import { expect, test } from 'vitest';
import { configFromEnvironment } from '#server/config.ts';
import type { QuestionAnswer } from '#shared/contract/server/ai.ts';
import { answerQuestion } from '../../src/cli/answer-question.ts';
import type { ErrorBody } from './support/api.ts';
import { foreign, own, populate } from './support/people.ts';
import { create, operation, push } from './support/push.ts';
import { addUser, serverOfFile } from './support/server.ts';

test('every user gets the configuration of Goose for their workspace', async () => {
  const server = await serverOfFile();
  const { viewer } = await populate(server);
  const { body } = await viewer.api.get<{ config: string; extensions: { frames: object } }>(
    `ai/goose?workspace=${encodeURIComponent('C:\\Data\\"W"')}`,
  );
  expect(body.extensions.frames).toMatchObject({
    type: 'stdio',
    cmd: 'frames',
    args: ['mcp', '--workspace', 'C:\\Data\\"W"'],
  });
  expect(body.config).toContain('args: ["mcp","--workspace","C:\\\\Data\\\\\\"W\\""]');
});

test('every user gets the language models that the administrator recommends', async () => {
  const models = [{ name: 'Campus', url: 'https://models.example.edu/v1', model: 'large' }];
  const { config } = configFromEnvironment({
    DATABASE_URL: 'postgres://f@localhost/f',
    FRAMES_SECRET: 's'.repeat(32),
    FRAMES_MODELS: JSON.stringify(models),
  });
  const server = await serverOfFile({ models: config.models });
  const { viewer } = await populate(server);
  expect((await viewer.api.get('ai/models')).body).toEqual({ models });
});

test('a question is answered by rules, over the records that the caller sees', async () => {
  const server = await serverOfFile({}, { answerQuestion });
  const { admin, viewer } = await populate(server);
  const outsider = await addUser(admin, { role: 'viewer', university_id: foreign, sees: 'university' });
  const team = (id: string, university_id: string, discipline: string) =>
    create('team', id, { name: id, university_id, discipline });
  await push(admin, [
    operation([
      team('radio', own, 'communications'),
      team('flight', own, 'software'),
      team('ground', foreign, 'software'),
    ]),
  ]);
  const ask = async (api: typeof admin, prompt: string) =>
    (await api.post<QuestionAnswer & ErrorBody>('ai/goose', { prompt })).body;
  const answer = await ask(viewer.api, 'software teams');
  expect(answer).toMatchObject({
    question: 'software teams',
    by: 'builtin',
    understanding: 'Teams: discipline is software.',
    unknown: [],
    truncated: false,
  });
  expect(answer.sql).toMatch(/^SELECT/);
  const names = ({ columns, rows }: QuestionAnswer) => rows.map((row) => row[columns.indexOf('name')]);
  expect(names(answer)).toEqual(['flight', 'ground']);
  expect(names(await ask(outsider.api, 'software teams'))).toEqual(['ground']);
  expect(await ask(viewer.api, 'whose leaving would hurt most?')).toMatchObject({
    by: 'builtin',
    sql: null,
    rows: [],
  });
  const unknown = await ask(viewer.api, 'zyx wvu');
  expect(unknown).toMatchObject({ by: 'search', sql: null, rows: [] });
  expect((await ask(viewer.api, ' ')).error.code).toBe('VALIDATION_ERROR');
});

test('a program without workspaces says that it answers no questions', async () => {
  const server = await serverOfFile();
  const { viewer } = await populate(server);
  const { status, body } = await viewer.api.post('ai/goose', { prompt: 'teams' });
  expect([status, body.error.message]).toEqual([
    404,
    'This program has no workspaces, so it answers no questions. Ask in a workspace.',
  ]);
});
