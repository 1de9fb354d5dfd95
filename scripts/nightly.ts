import { toolEnv } from './lib/paths.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { run } from './lib/run.ts';

/** What is too long for `npm test`, as npm scripts with their arguments. */
const steps: string[][] = [
  ['lint:ops'],
  ['test:checkout'],
  ['ci:images'],
  ['deploy:rehearse'],
  ['dist'],
  ['dist:check'],
  ['test:packaged'],
  ['test:update'],
  ['test:upgrade'],
  ['test:seeds', '20'],
  ['test:flips'],
  ['test:crash'],
  ['test:io-errors'],
  ['test:sync'],
  ['test:search'],
  ['test:ask-hostile'],
  ['test:mcp'],
  ['test:server'],
  ['test:soak'],
  ['bench'],
];

/** Runs every step, or those named, whether or not others fail. Returns the exit code. */
async function nightly(names: readonly string[]): Promise<number> {
  const lines: string[] = [];
  let failed = 0;
  for (const [script = '', ...args] of steps) {
    if (names.length > 0 && !names.includes(script)) continue;
    console.log(`\n── npm run ${[script, ...args].join(' ')}`);
    const started = performance.now();
    const code = await run('npm', ['run', '--silent', script, '--', ...args], { env: toolEnv() });
    if (code !== 0) failed += 1;
    const minutes = ((performance.now() - started) / 60_000).toFixed(1);
    lines.push(`${code === 0 ? 'ok    ' : 'FAILED'} ${minutes.padStart(6)} min  ${script}`);
  }
  console.log(`\n── Summary\n${lines.join('\n')}`);
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await nightly(process.argv.slice(2));
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
