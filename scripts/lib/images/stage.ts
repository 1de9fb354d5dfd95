import { randomBytes } from 'node:crypto';
import type { Containers } from './containers.ts';

/** Flags under which a container has no more rights than the Compose file gives it. */
export const confined = ['--read-only', '--cap-drop=all', '--security-opt=no-new-privileges'];

/** A network with the containers of one run, removed together. */
export interface Stage {
  network: string;
  /** Starts a container in the background; others reach it by `name`. */
  start(name: string, ...args: string[]): Promise<void>;
  /** Runs a container to its end and returns what it prints. Throws if it fails. */
  run(...args: string[]): Promise<string>;
  /** The address of a container on the network. */
  addressOf(name: string): Promise<string>;
  fullName(name: string): string;
}

/** Gives `work` a network of its own. Containers, volumes and network are removed at the end, also after a failure or an interruption. */
export async function onStage<T>(containers: Containers, work: (stage: Stage) => Promise<T>): Promise<T> {
  const { attempt, output } = containers;
  const id = `frames-${randomBytes(4).toString('hex')}`;
  const fullName = (name: string): string => `${id}-${name}`;
  const shared = [`--label=frames.run=${id}`, `--network=${id}`];
  const clear = async (): Promise<void> => {
    const all = await attempt('podman', 'ps', '--all', '--quiet', `--filter=label=frames.run=${id}`);
    const ids = all.stdout.split('\n').filter(Boolean);
    if (ids.length > 0) await attempt('podman', 'rm', '--force', '--time=0', '--volumes', ...ids);
    await attempt('podman', 'network', 'rm', '--force', id);
  };
  const interrupted = (): void => void clear().finally(() => process.exit(130));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, interrupted);
  try {
    await output('podman', 'network', 'create', id);
    return await work({
      network: id,
      fullName,
      async start(name, ...args) {
        await output(
          'podman',
          'run',
          '--detach',
          ...shared,
          `--name=${fullName(name)}`,
          `--network-alias=${name}`,
          ...args,
        );
      },
      run: (...args) => output('podman', 'run', '--rm', ...shared, ...args),
      addressOf: (name) =>
        output(
          'podman',
          'inspect',
          '--format',
          `{{(index .NetworkSettings.Networks "${id}").IPAddress}}`,
          fullName(name),
        ),
    });
  } finally {
    for (const signal of signals) process.off(signal, interrupted);
    await clear();
  }
}
