import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '#scripts/lib/paths.ts';

/** Alert rules by name. */
export const alertRules = new Map(
  [
    ...readFileSync(join(root, 'deploy/monitoring/rules.yml'), 'utf8').matchAll(
      /- alert: (\w+)\n +expr: (.+)\n/g,
    ),
  ].map(([, name = '', expr = '']) => [name, expr]),
);

export interface Scrape {
  /** Seconds since 1970. */
  time: number;
  /** The answer of `/metrics`; null if the server did not answer. */
  text: string | null;
}

interface Sample {
  labels: Record<string, string>;
  value: number;
}

const labelsOf = (text: string): [name: string, operator: string, value: string][] =>
  [...text.matchAll(/(\w+)(=~|=)"([^"]*)"/g)].map(([, name = '', operator = '', value = '']) => [
    name,
    operator,
    value,
  ]);

/** The samples of a scrape that a selector such as `frames_jobs{state=~"failed|dead"}` matches. `up` says whether the scrape succeeded. */
function select({ text }: Scrape, selector: string): Sample[] {
  const [, name = '', conditions = ''] = /^(\w+)(\{.*\})?$/.exec(selector) ?? [];
  if (name === '') throw new Error(`no selector: ${selector}`);
  if (name === 'up') return [{ labels: {}, value: text === null ? 0 : 1 }];
  const samples = [...(text ?? '').matchAll(/^(\w+)(\{.*\})? (\S+)$/gm)].flatMap(
    ([, metric = '', labels = '', value = '']) =>
      metric === name
        ? [
            {
              labels: Object.fromEntries(labelsOf(labels).map(([key, , label]) => [key, label])),
              value: Number(value),
            },
          ]
        : [],
  );
  return samples.filter(({ labels }) =>
    labelsOf(conditions).every(([key, operator, value]) =>
      operator === '=' ? labels[key] === value : new RegExp(`^(${value})$`).test(labels[key] ?? ''),
    ),
  );
}

/** What each counter has grown by between the scrapes, as `increase` of a range that holds both. */
function increases(before: Scrape, after: Scrape, selector: string): number[] {
  const earlier = select(before, selector);
  return select(after, selector).map(({ labels, value }) => {
    const key = JSON.stringify(labels);
    return value - (earlier.find((sample) => JSON.stringify(sample.labels) === key)?.value ?? 0);
  });
}

const seconds = (text: string): number => Number(text.slice(0, -1)) * 60;
const comparisons: Readonly<Record<string, (value: number, limit: number) => boolean>> = {
  '==': (value, limit) => value === limit,
  '>': (value, limit) => value > limit,
  '<': (value, limit) => value < limit,
};

/** The values of the left side of a rule. Knows the forms that our rules have, and refuses others. */
function valuesOf(expr: string, before: Scrape, after: Scrape): number[] {
  const sum = /^sum by \(instance\) \((.+)\)$/.exec(expr)?.[1];
  if (sum !== undefined) return [valuesOf(sum, before, after).reduce((total, value) => total + value, 0)];
  const [, kind, selector = '', range = ''] = /^(rate|increase)\((.+)\[(\d+m)\]\)$/.exec(expr) ?? [];
  if (kind !== undefined)
    return increases(before, after, selector).map((value) =>
      kind === 'rate' ? value / seconds(range) : value,
    );
  const since = /^time\(\) - (.+)$/.exec(expr)?.[1];
  if (since !== undefined) return select(after, since).map(({ value }) => after.time - value);
  const until = /^(.+) - time\(\)$/.exec(expr)?.[1];
  if (until !== undefined) return select(after, until).map(({ value }) => value - after.time);
  return select(after, expr).map(({ value }) => value);
}

/** Names of the rules that hold after the second scrape, whatever their `for` waits for. */
export function firingAlerts(before: Scrape, after: Scrape): string[] {
  return [...alertRules].flatMap(([name, rule]) => {
    const [, left = '', operator = '', limit = ''] = /^(.+) (==|>|<) ([\d.]+)$/.exec(rule) ?? [];
    const isTrue = comparisons[operator];
    if (!isTrue) throw new Error(`no comparison: ${rule}`);
    return valuesOf(left, before, after).some((value) => isTrue(value, Number(limit))) ? [name] : [];
  });
}
