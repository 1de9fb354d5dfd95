import { parseAllDocuments } from 'yaml';

interface Container {
  name: string;
  image: string;
  envFrom?: { secretRef?: { name: string } }[];
  env?: { name: string }[];
  securityContext?: { readOnlyRootFilesystem?: boolean; allowPrivilegeEscalation?: boolean };
  startupProbe?: object;
  readinessProbe?: object;
  livenessProbe?: object;
}

interface Pod {
  metadata?: { labels?: Record<string, string> };
  spec: { containers: Container[]; volumes?: { persistentVolumeClaim?: { claimName: string } }[] };
}

/** The parts of a manifest that the rules read. */
interface Manifest {
  kind: string;
  metadata: { name: string };
  spec: {
    template?: Pod;
    selector?: Record<string, string> | { matchLabels: Record<string, string> };
    tls?: { hosts: string[]; secretName: string }[];
    rules?: { host: string; http: { paths: { backend: { service: { name: string } } }[] } }[];
  };
}

const manifestsOf = (text: string): Manifest[] =>
  parseAllDocuments(text).map((document) => document.toJS() as Manifest);

const key = (kind: string, name: string): string => `${kind.toLowerCase()}/${name}`;

/** The objects that must exist before a manifest is applied. */
function neededBy({ kind, spec }: Manifest): string[] {
  const pod = spec.template?.spec;
  const claims = (pod?.volumes ?? []).flatMap(({ persistentVolumeClaim: claim }) =>
    claim ? [key('PersistentVolumeClaim', claim.claimName)] : [],
  );
  const secrets = (pod?.containers ?? []).flatMap(({ envFrom = [] }) =>
    envFrom.flatMap(({ secretRef }) => (secretRef ? [key('Secret', secretRef.name)] : [])),
  );
  const services = (spec.rules ?? []).flatMap(({ http }) =>
    http.paths.map(({ backend }) => key('Service', backend.service.name)),
  );
  const certificates = (spec.tls ?? []).map(({ secretName }) => key('Secret', secretName));
  // Traffic may only go to pods that are there, and only a migrated database serves it.
  return [
    ...claims,
    ...secrets,
    ...services,
    ...certificates,
    ...(kind === 'Deployment' ? ['a finished job'] : []),
  ];
}

/** Faults of one manifest, apart from the order. */
function faultsOf({ kind, spec }: Manifest): string[] {
  const containers = spec.template?.spec.containers ?? [];
  const faults = containers.flatMap(({ name, image, securityContext }) => [
    ...(securityContext?.readOnlyRootFilesystem === true && securityContext.allowPrivilegeEscalation === false
      ? []
      : [`container ${name} may write to its root or gain rights`]),
    ...(image.endsWith(':GIT_SHA') ? [] : [`container ${name} has the image ${image}, not that of a commit`]),
  ]);
  if (kind === 'Deployment')
    for (const { name, ...container } of containers)
      for (const probe of ['startupProbe', 'readinessProbe', 'livenessProbe'] as const)
        if (!container[probe]) faults.push(`container ${name} has no ${probe}`);
  if (kind === 'Ingress')
    for (const { host } of spec.rules ?? [])
      if (!spec.tls?.some(({ hosts }) => hosts.includes(host))) faults.push(`${host} has no TLS`);
  return faults;
}

const selectorOf = ({ spec }: Manifest): string =>
  JSON.stringify(spec.selector && 'matchLabels' in spec.selector ? spec.selector.matchLabels : spec.selector);

/** Variables without which a container that the page starts does not do what the page says. */
const neededVariables: Readonly<Record<string, string[]>> = {
  Job: ['DATABASE_URL', 'FRAMES_SECRET'],
  Deployment: ['DATABASE_URL', 'FRAMES_SECRET', 'FRAMES_METRICS_TOKEN'],
};

/** Variables that neither the manifest nor its secrets set. `secrets` are the names in each secret that there is. */
function lackingVariables(
  { kind, spec }: Manifest,
  secrets: ReadonlyMap<string, readonly string[]>,
): string[] {
  return (spec.template?.spec.containers ?? []).flatMap(({ name, env = [], envFrom = [] }) => {
    const fromSecrets = envFrom.flatMap(({ secretRef }) => secrets.get(secretRef?.name ?? '') ?? []);
    const set = new Set([...env.map((variable) => variable.name), ...fromSecrets]);
    return (neededVariables[kind] ?? [])
      .filter((variable) => !set.has(variable))
      .map((variable) => `container ${name} has no ${variable}`);
  });
}

/** Faults between manifests: a service or a disruption budget that selects no pods, and a deployment without a budget. */
function selectionFaults(all: readonly Manifest[]): string[] {
  const pods = new Set(all.map(({ spec }) => JSON.stringify(spec.template?.metadata?.labels)));
  const selecting = all.filter(({ kind }) => kind === 'Service' || kind === 'PodDisruptionBudget');
  const budgets = new Set(selecting.filter(({ kind }) => kind !== 'Service').map(selectorOf));
  return [
    ...selecting
      .filter((manifest) => !pods.has(selectorOf(manifest)))
      .map(({ kind, metadata }) => `${kind} ${metadata.name} selects no pods`),
    ...all
      .filter((manifest) => manifest.kind === 'Deployment' && !budgets.has(selectorOf(manifest)))
      .map(({ metadata }) => `Deployment ${metadata.name} has no disruption budget`),
  ];
}

/**
 * Goes through the kubectl commands of a page and names everything that would be missing at its turn, files that no command applies,
 * and faults of the manifests. `files` are the manifests by their paths.
 */
export function kubernetesProblems(page: string, files: Readonly<Record<string, string>>): string[] {
  const there = new Set<string>();
  const secrets = new Map<string, string[]>();
  const applied = new Set<string>();
  const all: Manifest[] = [];
  const problems: string[] = [];
  const commands = page.replaceAll(/\\\n\s*/g, ' ').matchAll(/^kubectl (.+)$/gm);
  for (const [, command = ''] of commands) {
    const secret = /^create secret (?:generic|tls) (\S+)/.exec(command)?.[1];
    if (secret !== undefined) {
      there.add(key('Secret', secret));
      const names = [...command.matchAll(/--from-literal=(\w+)=/g)].map(([, variable = '']) => variable);
      secrets.set(secret, names);
    }
    const job = /^wait --for=condition=complete (job\/\S+)/.exec(command)?.[1];
    if (job !== undefined) {
      if (!there.has(job)) problems.push(`kubectl waits for ${job}, which is not there`);
      there.add('a finished job');
    }
    const file = /^apply -f (\S+)/.exec(command)?.[1];
    if (file === undefined) continue;
    applied.add(file);
    for (const manifest of manifestsOf(files[file] ?? '')) {
      all.push(manifest);
      const name = `${file}: ${manifest.kind} ${manifest.metadata.name}`;
      for (const needed of neededBy(manifest))
        if (!there.has(needed)) problems.push(`${name} needs ${needed}, which is not there yet`);
      const faults = [...faultsOf(manifest), ...lackingVariables(manifest, secrets)];
      problems.push(...faults.map((fault) => `${name}: ${fault}`));
      there.add(key(manifest.kind, manifest.metadata.name));
    }
  }
  for (const file of Object.keys(files)) if (!applied.has(file)) problems.push(`${file} is not applied`);
  return [...problems, ...selectionFaults(all)];
}
