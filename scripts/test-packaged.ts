import { reasonOf } from './lib/electron-kinds.ts';
import { runWithDisplay } from './with-display.ts';

/** Runs the tests of installed packages, for the kinds that are named (deb, tar.gz), else for both. */
try {
  const kinds = process.argv.slice(2);
  if (kinds.length > 0) process.env['FRAMES_PACKAGES'] = kinds.join(' ');
  const config = 'test/packaged/playwright.config.ts';
  process.exitCode = await runWithDisplay('playwright', ['test', '--config', config]);
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
