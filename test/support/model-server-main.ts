import { startModelServer } from './model-server.ts';
import type { ModelFailure } from './model-server.ts';

/**
 * A scripted model server as a process of its own: `node test/support/model-server-main.ts [PORT]`. Answers come from FRAMES_TEST_ANSWERS, a JSON list
 * of answers and failures; the last is repeated. Prints its address, then each request to the model as a line of JSON.
 */
const answers = JSON.parse(process.env['FRAMES_TEST_ANSWERS'] ?? '["OK"]') as (string | ModelFailure)[];
let asked = 0;
const server = await startModelServer(
  (_body, text) => {
    process.stdout.write(`${JSON.stringify({ body: text })}\n`);
    asked += 1;
    return answers[Math.min(asked, answers.length) - 1] ?? 'OK';
  },
  ['scripted'],
  Number(process.argv[2] ?? 0),
);
process.stdout.write(`${server.url}\n`);
