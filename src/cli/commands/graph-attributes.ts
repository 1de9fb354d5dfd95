import { graphFields } from '#shared/contract/graph-fields.ts';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import { fieldsOf } from '#shared/domain/entities.ts';
import { UsageError } from '../output/errors.ts';
import { noShareError, restIn } from './rest-targets.ts';

/** Parses `--column` for graph attributes. Throws UsageError. */
export function attributesFor(columns: readonly string[]): ImportOptions['attributes'] {
  return columns.flatMap((mapping) => {
    const details = { argument: '--column', given: mapping };
    const separator = mapping.lastIndexOf('=');
    const [name, target] = [mapping.slice(0, Math.max(separator, 0)), mapping.slice(separator + 1).trim()];
    const rest = restIn(target);
    if (name !== '' && rest !== null) {
      if (!linkShares.includes(rest)) throw noShareError(rest, linkShares, details);
      return [{ of: 'edges' as const, name, becomes: rest, rest: true }];
    }
    const elements = (['nodes', 'edges'] as const).filter(
      (element) => target === 'own' || target === 'ignore' || graphFields(element).has(target),
    );
    if (name === '' || elements.length === 0) {
      const message = `--column must map an attribute to a FRAMES field, own, ignore or rest_of:FIELD, such as weight=energy_loss; not "${mapping}".`;
      throw new UsageError(message, details);
    }
    const field = target === 'own' ? name : target;
    const becomes = target === 'ignore' ? null : field;
    return elements.map((element) => ({ of: element, name, becomes }));
  });
}

const linkShares = fieldsOf('interface').flatMap(({ key, unit }) => (unit === 'percent' ? [key] : []));
