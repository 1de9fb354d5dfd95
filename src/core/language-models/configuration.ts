import { z } from 'zod';
import { disclosureLevels } from '#shared/contract/ask.ts';
import type { DisclosureLevel } from '#shared/contract/ask.ts';
import { isLoopback } from '#shared/domain/safe-url.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { Services } from '../model/services.ts';

const storedModel = z.object({
  id: z.string(),
  name: z.string(),
  /** The base of its API, without a slash at the end. */
  url: z.string(),
  /** What its server calls it. */
  model: z.string(),
  key: z.string().nullable(),
});
export type StoredModel = z.infer<typeof storedModel>;

const configuration = z.object({
  models: z.array(storedModel),
  chosen: z.string().nullable(),
  /** By the id of the workspace. */
  levels: z.record(z.string(), z.enum(disclosureLevels)),
});
export type Configuration = z.infer<typeof configuration>;

const secret = 'language-models';

/** The models of this computer. One that cannot be read is as if there were none. */
export async function readConfiguration({ secrets }: Pick<Services, 'secrets'>): Promise<Configuration> {
  const empty: Configuration = { models: [], chosen: null, levels: {} };
  const text = await secrets.get(secret);
  if (text === null) return empty;
  try {
    return configuration.parse(JSON.parse(text));
  } catch {
    return empty;
  }
}

export const writeConfiguration = (
  { secrets }: Pick<Services, 'secrets'>,
  next: Configuration,
): Promise<void> => secrets.set(secret, JSON.stringify(next));

const makeTurn = (): { last: Promise<unknown> } => ({ last: Promise.resolve() });

/** Changes the configuration, one change after the other. Throws what `change` throws; nothing is written then. */
export function changeConfiguration(
  services: Pick<Services, 'secrets' | 'home'>,
  change: (before: Configuration) => Configuration,
): Promise<Configuration> {
  const turn = services.home.singletons.get(makeTurn);
  const done = turn.last.then(async () => {
    const next = change(await readConfiguration(services));
    await writeConfiguration(services, next);
    return next;
  });
  turn.last = done.catch(() => undefined);
  return done;
}

/** What may leave the computer of the workspace that is open. */
export const levelOf = ({ levels }: Configuration, { home }: Pick<Services, 'home'>): DisclosureLevel =>
  levels[readFacts(home.read).id] ?? 'off';

export const chosenOf = ({ models, chosen }: Configuration): StoredModel | undefined =>
  models.find(({ id }) => id === chosen);

export const isLocal = ({ url }: Pick<StoredModel, 'url'>): boolean => isLoopback(new URL(url).hostname);
