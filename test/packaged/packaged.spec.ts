import { appendFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageJson } from '#scripts/lib/package-json.ts';
import { goTo } from '../e2e/lib/window.ts';
import { expect, test } from './fixture.ts';
import { openWindow, programFolder, runCommand } from './installed.ts';

const roster = 'Team,University\nPower,TUM\nThermal,TUM\n';

test('a change made in the window is there after a restart', async ({ installed }) => {
  const first = await openWindow(installed);
  const { page } = first;
  await goTo(page, 'Teams');
  await page.getByRole('button', { name: 'New team' }).first().click();
  await page.getByRole('textbox', { name: 'Name' }).fill('Ground systems');
  await page.getByRole('button', { name: 'Create team' }).click();
  await expect(page.getByText('Ground systems').first()).toBeVisible();
  expect((await first.close()).code).toBe(0);
  const again = await openWindow(installed);
  await expect(again.page.getByText('Ground systems').first()).toBeVisible();
  expect((await again.close()).code).toBe(0);
});

test('a request to end closes the workspace in order', async ({ installed }) => {
  const workspace = join(installed.home, 'ended');
  await runCommand(installed, ['import', '-', '--workspace', workspace], {
    input: roster,
  });
  const window = await openWindow(installed, ['--workspace', workspace]);
  await expect(window.page).toHaveTitle('ended – FRAMES');
  expect(await window.signal('SIGTERM')).toMatchObject({ code: 0 });
  expect(existsSync(join(workspace, 'frames.sqlite-wal'))).toBe(false);
});

test('commands need no display, read piped input, and give exit codes', async ({ installed }) => {
  const workspace = join(installed.home, 'piped');
  expect(await runCommand(installed, ['--version'])).toMatchObject({
    code: 0,
    stdout: `${packageJson.version}\n`,
  });
  expect(await runCommand(installed, ['verify', '--workspace', workspace])).toMatchObject({ code: 1 });
  const imported = await runCommand(installed, ['import', '-', '--workspace', workspace, '--json'], {
    input: roster,
  });
  expect(imported, imported.stderr).toMatchObject({ code: 0 });
  expect(JSON.parse(imported.stdout)).toBeTruthy();
  expect(await runCommand(installed, ['verify', '--workspace', workspace])).toMatchObject({ code: 0 });
  expect(await runCommand(installed, ['nonsense'])).toMatchObject({ code: 2 });
});

/** A computer without the buses of system and session, as in a container. */
const noBus = {
  DBUS_SYSTEM_BUS_ADDRESS: 'unix:path=/nowhere/system',
  DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/session',
};

for (const [who, asRoot] of [
  ['an ordinary user', false],
  ['root', true],
] as const)
  test(`commands of ${who} print their own output only, also without a bus`, async ({ installed }) => {
    const workspace = join(installed.home, `quiet-${asRoot}`);
    const command = (args: string[]) =>
      runCommand(installed, [...args, '--workspace', workspace], { env: noBus, asRoot });
    expect(await command(['seed', '--size', 'small'])).toMatchObject({ code: 0, stderr: '' });
    const list = await command(['entities', 'list', 'team', '--json']);
    expect(list).toMatchObject({ code: 0, stderr: '' });
    expect((JSON.parse(list.stdout) as { rows: unknown[] }).rows.length).toBeGreaterThan(0);
    // A statement runs in a process of its own.
    const asked = await command(['ask', '--sql', 'select count(*) from teams', '--json']);
    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(JSON.parse(asked.stdout)).toBeTruthy();
    const failed = await command(['entities', 'get', 'team', 'nobody', '--json']);
    expect(failed.code).toBe(1);
    expect(JSON.parse(failed.stderr)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

test('a window that cannot open ends with a sentence: without a display, with one that is gone, as root', async ({
  installed,
}) => {
  const noDisplay = /^frames: No display can be reached .*\nCommands need no display: .*\n$/;
  for (const env of [noBus, { ...noBus, DISPLAY: ':31999' }]) {
    const { code, stdout, stderr } = await runCommand(installed, [], { env });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(noDisplay);
  }
  const asRoot = await runCommand(installed, [], { env: noBus, asRoot: true });
  expect(asRoot.code).toBe(1);
  expect(asRoot.stderr).toMatch(
    /^frames: FRAMES opens no window as root, .*\nCommands run as root too: .*\n$/,
  );
});

test('a window without a bus prints nothing', async ({ installed }) => {
  const window = await openWindow(installed, [], noBus);
  await expect(window.page).toHaveTitle(/FRAMES/);
  const { code, stderr } = await window.close();
  expect(code).toBe(0);
  // The debugging port of this test announces itself.
  expect(stderr.replace(/^\nDevTools listening on .*\n/, '')).toBe('');
});

test('long output arrives completely, also with a slow reader', async ({ installed }) => {
  const workspace = join(installed.home, 'long');
  expect(await runCommand(installed, ['seed', '--size', 'small', '--workspace', workspace])).toMatchObject({
    code: 0,
  });
  const { stdout } = await runCommand(installed, [
    'entities',
    'list',
    'student',
    '--workspace',
    workspace,
    '--json',
  ]);
  // More than a pipe holds.
  expect(stdout.length).toBeGreaterThan(65_536);
  expect((JSON.parse(stdout) as { rows: unknown[] }).rows).toHaveLength(100);
});

test('the model for searching by meaning is in the package', async ({ installed }) => {
  const workspace = join(installed.home, 'meaning');
  const table = {
    input: 'name,description\nCells,Builds battery packs\nDish,Points the antenna at satellites\n',
  };
  await runCommand(installed, ['import', '-', '--type', 'team', '--workspace', workspace], table);
  expect(await runCommand(installed, ['index', 'train', '--workspace', workspace])).toMatchObject({
    code: 0,
  });
  const question = ['search', 'who stores electricity', '--workspace', workspace, '--json'];
  const { byMeaning } = JSON.parse((await runCommand(installed, question)).stdout) as {
    byMeaning: { title: string }[];
  };
  expect(byMeaning[0]?.title).toBe('Cells');
});

test('the files are those that were packaged, and a change is named', async ({ installed }) => {
  const check = async (): Promise<unknown> =>
    JSON.parse((await runCommand(installed, ['verify', '--program', '--json'])).stdout);
  // A trial is not signed.
  const intact = { version: packageJson.version, changed: [], missing: [], added: [], signature: 'unsigned' };
  expect(await check()).toMatchObject(intact);
  const file = join(programFolder(installed), 'resources/app.asar');
  const whole = readFileSync(file);
  try {
    writeFileSync(join(programFolder(installed), 'extra.so'), '');
    appendFileSync(file, 'x');
    expect(await check()).toMatchObject({ ...intact, changed: ['resources/app.asar'], added: ['extra.so'] });
  } finally {
    writeFileSync(file, whole);
    rmSync(join(programFolder(installed), 'extra.so'));
  }
});

test('a server is refused with a sentence', async ({ installed }) => {
  const { code, stderr } = await runCommand(installed, ['serve', '--trial', join(installed.home, 'server')]);
  expect(code).toBe(1);
  expect(stderr).toContain('The installed program does not contain the server.');
});

test('nothing makes the program run the code of another', async ({ installed }) => {
  const planted = join(installed.home, 'planted.cjs');
  const proof = join(installed.home, 'proof');
  writeFileSync(planted, `require('node:fs').writeFileSync(${JSON.stringify(proof)}, '')`);
  const asNode = { ELECTRON_RUN_AS_NODE: '1' };
  const asOption = { NODE_OPTIONS: `--require ${planted}` };
  for (const env of [asNode, asOption])
    expect(await runCommand(installed, ['--version'], { env })).toMatchObject({
      stdout: `${packageJson.version}\n`,
    });
  const opened = await openWindow(installed, [planted, '--inspect=0'], { ...asNode, ...asOption });
  await expect(opened.page).toHaveTitle(/FRAMES/);
  expect((await opened.close()).stderr).not.toContain('Debugger listening');
  expect(existsSync(proof)).toBe(false);
});

test('a folder next to the program’s archive is not loaded', async ({ installed }) => {
  const folder = join(programFolder(installed), 'resources/app');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), '{"name":"planted","main":"main.js"}');
  writeFileSync(join(folder, 'main.js'), 'process.exit(42)');
  try {
    expect(await runCommand(installed, ['--version'])).toMatchObject({ code: 0 });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
