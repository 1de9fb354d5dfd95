import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '#scripts/lib/paths.ts';
import { serverOfFile } from '../support/server.ts';

const server = await serverOfFile();
const read = (name: string): string => readFileSync(join(root, 'deploy/monitoring', name), 'utf8');
const expressions = {
  'rules.yml': [...read('rules.yml').matchAll(/^ +expr: (.+)$/gm)].map(([, expr = '']) => expr),
  'dashboard.json': (
    JSON.parse(read('dashboard.json')) as { panels: { targets: { expr: string }[] }[] }
  ).panels.flatMap(({ targets }) => targets.map(({ expr }) => expr)),
};

test.each(Object.entries(expressions))('%s asks for metrics that the server has', async (_name, exprs) => {
  // Some metrics have no value before the first request, or without TLS and backups; each has a line of help.
  await server.api.get('/livez');
  const text = (await server.api.get<string>('/metrics')).body;
  const emitted = new Set(text.split('\n').map((line) => /^(?:# HELP )?([a-z]\w*)/.exec(line)?.[1]));
  expect(exprs.length).toBeGreaterThan(4);
  for (const expr of exprs) {
    const names = expr.match(/\b(frames|nodejs|process)_\w+/g) ?? [];
    // Prometheus itself makes `up`.
    expect(names.length + Number(expr.startsWith('up{')), expr).toBeGreaterThan(0);
    for (const name of names) expect([...emitted], expr).toContain(name);
  }
});
