import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { kubernetesProblems } from '#scripts/lib/ops/kubernetes-rules.ts';
import { ownerProblems } from '#scripts/lib/ops/workflow-rules.ts';
import { root } from '#scripts/lib/paths.ts';

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const folder = 'deploy/kubernetes';
const page = read('docs/operations/containers.md');
const manifests = Object.fromEntries(
  globSync(`${folder}/*.yaml`, { cwd: root }).map((file) => [file, read(file)]),
);

/** The manifests with one text in a file replaced. Throws if the file lacks it. */
function changed(name: string, before: string | RegExp, after: string): Record<string, string> {
  const file = `${folder}/${name}`;
  const text = manifests[file] ?? '';
  const other = text.replace(before, after);
  if (other === text) throw new Error(`${file} has no ${String(before)}`);
  return { ...manifests, [file]: other };
}

describe('the commands for Kubernetes', () => {
  test('find all that they need, in the order of the page', () => {
    expect(kubernetesProblems(page, manifests)).toEqual([]);
  });

  test.each([
    [
      'the claim of the migration',
      /^kubectl apply .*storage\.yaml\n/m,
      'persistentvolumeclaim/frames-backups',
    ],
    ['the secret', /^kubectl create secret generic frames [^)]*\)[^)]*\)"\n/m, 'secret/frames'],
    [
      'the password of the first admin',
      /^kubectl create secret generic frames-admin [^$]*?…\n/m,
      'secret/frames-admin',
    ],
    ['the certificate', /^kubectl create secret tls .*\n/m, 'secret/frames-tls'],
    ['the wait for the migration', /^kubectl wait .*\n/gm, 'a finished job'],
  ])('are faulty without %s', (_, command, missing) => {
    expect(page).toMatch(command);
    expect(
      kubernetesProblems(page.replaceAll(new RegExp(command, 'gm'), ''), manifests).join('\n'),
    ).toContain(missing);
  });

  test('are faulty if a server gets no token for its metrics', () => {
    const without = page.replace(/ \\\n\s+--from-literal=FRAMES_METRICS_TOKEN=.*/, '');
    expect(kubernetesProblems(without, manifests).join('\n')).toContain('has no FRAMES_METRICS_TOKEN');
  });

  test('are faulty if they leave a file out', () => {
    const without = page.replace(/^kubectl apply .*ingress\.yaml\n/m, '');
    expect(kubernetesProblems(without, manifests)).toEqual([`${folder}/ingress.yaml is not applied`]);
  });
});

describe('the manifests are faulty', () => {
  test.each([
    ['without a probe', 'server.yaml', 'readinessProbe', 'otherProbe', 'no readinessProbe'],
    ['without a disruption budget', 'server.yaml', 'PodDisruptionBudget', 'Other', 'no disruption budget'],
    [
      'with a service without pods',
      'server.yaml',
      /(kind: Service[\s\S]*?app: )\S+/,
      '$1other',
      'selects no pods',
    ],
    ['with a writable root', 'first-admin.yaml', 'Filesystem: true', 'Filesystem: false', 'may write'],
    ['with an image of any day', 'migrate.yaml', 'server:GIT_SHA', 'server:latest', 'not that of a commit'],
    ['with a name without TLS', 'ingress.yaml', 'hosts: [frames', 'hosts: [other', 'no TLS'],
  ])('%s', (_, file, before, after, problem) => {
    const problems = kubernetesProblems(page, changed(file, before, after));
    expect(problems.join('\n')).toContain(problem);
  });
});

test('each job in a container tells git that the checkout is its own', () => {
  const workflows = globSync('.github/workflows/*.yml', { cwd: root });
  expect(workflows.flatMap((file) => ownerProblems(file, read(file)))).toEqual([]);
  const without = read('.github/workflows/ci.yml').replaceAll(/^.*safe\.directory.*\n/gm, '');
  expect(ownerProblems('ci.yml', without).length).toBeGreaterThan(2);
});
