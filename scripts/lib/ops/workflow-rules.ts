import { parse } from 'yaml';

interface Job {
  container?: unknown;
  steps?: { uses?: string; run?: string }[];
}

const setsOwner = /\bgit config --global --add safe\.directory "\$GITHUB_WORKSPACE"/;

/**
 * The jobs of a workflow that check out into a container and do not tell git, in their next step, that the checkout is theirs. Its files
 * belong to the user of the runner, not to the one of the container, so git would refuse it.
 */
export function ownerProblems(file: string, text: string): string[] {
  const { jobs } = parse(text) as { jobs: Record<string, Job> };
  return Object.entries(jobs).flatMap(([name, { container, steps = [] }]) => {
    const checkout = steps.findIndex(({ uses = '' }) => uses.startsWith('actions/checkout@'));
    if (container === undefined || checkout === -1) return [];
    if (setsOwner.test(steps[checkout + 1]?.run ?? '')) return [];
    return [
      `${file}: the job ${name} runs in a container and does not set safe.directory after its checkout`,
    ];
  });
}
