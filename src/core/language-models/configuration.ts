import { invalidFault } from '../model/validate.ts';
import { issueOf } from '#shared/texts/issues.ts';
import { z } from 'zod';
import { disclosureLevels } from '#shared/contract/ask.ts';
import type { DisclosureLevel } from '#shared/contract/ask.ts';
import type { Fault } from '#shared/contract/faults.ts';
import { isLoopback } from '#shared/domain/safe-url.ts';
import { Semaphore } from '#shared/domain/semaphore.ts';
import { readFacts } from '../log/workspace-facts.ts';
import type { Services } from '../model/services.ts';

const storedModelSchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The base URL of the model's API, without a trailing slash. */
  url: z.string(),
  /** The name of the model at the server. */
  model: z.string(),
  key: z.string().nullable(),
});
export type StoredModel = z.infer<typeof storedModelSchema>;

const configurationSchema = z.object({
  models: z.array(storedModelSchema),
  chosen: z.string().nullable(),
  /** By workspace id. */
  levels: z.record(z.string(), z.enum(disclosureLevels)),
});
export type Configuration = z.infer<typeof configurationSchema>;

const secretName = 'language-models';

const emptyConfiguration: Configuration = { models: [], chosen: null, levels: {} };

/** The models of this computer; none if another version of FRAMES stored them. */
export async function readConfiguration({ secrets }: Pick<Services, 'secrets'>): Promise<Configuration> {
  return parseConfiguration(await secrets.get(secretName)) ?? emptyConfiguration;
}

function parseConfiguration(text: string | null): Configuration | null {
  if (text === null) return emptyConfiguration;
  try {
    return configurationSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

export const writeConfiguration = (
  { secrets }: Pick<Services, 'secrets'>,
  next: Configuration,
): Promise<void> => secrets.set(secretName, JSON.stringify(next));

function otherVersionFault(): Fault<'INVALID'> {
  return invalidFault([issueOf('models', 'other_version')]);
}

const createChangeQueue = (): Semaphore => new Semaphore(1);

/** Changes the configuration, one change at a time. Does not write if `change` throws. */
export function changeConfiguration(
  services: Pick<Services, 'secrets' | 'home'>,
  change: (before: Configuration) => Configuration,
): Promise<Configuration> {
  return services.home.singletons.get(createChangeQueue).run(async () => {
    const before = parseConfiguration(await services.secrets.get(secretName));
    // Writing would lose the keys of the other version.
    if (!before) throw otherVersionFault();
    const next = change(before);
    await writeConfiguration(services, next);
    return next;
  });
}

export const levelOf = ({ levels }: Configuration, { home }: Pick<Services, 'home'>): DisclosureLevel =>
  levels[readFacts(home.read).id] ?? 'off';

export const findChosenModel = ({ models, chosen }: Configuration): StoredModel | undefined =>
  models.find(({ id }) => id === chosen);

/** Whether a model runs on this computer. Ollama forwards requests for models whose names end in `cloud`. */
export const isLocal = ({ url, model }: Pick<StoredModel, 'url' | 'model'>): boolean =>
  isLoopback(new URL(url).hostname) && !/cloud$/i.test(model);
