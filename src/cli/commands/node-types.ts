import { nodeType, nodeTypeOrIgnore } from '#shared/contract/network.ts';
import { defaultImportOptions } from '#shared/contract/transfer.ts';
import type { ImportOptions } from '#shared/contract/transfer.ts';
import { UsageError } from '../output/errors.ts';

/** Parses `--node-type`. Throws UsageError. */
export function nodeTypesFor(values: readonly string[]): Pick<ImportOptions, 'node_type' | 'node_types'> {
  let defaultNodeType = defaultImportOptions.node_type;
  const typesByValue: ImportOptions['node_types'] = [];
  for (const value of values) {
    const separator = value.lastIndexOf('=');
    if (value.trim() === 'by-name') {
      defaultNodeType = 'by_name';
      continue;
    }
    const type = nodeTypeOrIgnore.options.find((option) => option === value.slice(separator + 1).trim());
    if (!type || (type === 'ignore' && separator < 0)) {
      const message = `--node-type must be ${nodeType.options.join(', ')}, VALUE=TYPE or VALUE=ignore, not "${value}".`;
      throw new UsageError(message, { argument: '--node-type', given: value });
    }
    if (separator < 0 && type !== 'ignore') defaultNodeType = type;
    else typesByValue.push({ value: value.slice(0, separator), type });
  }
  return { node_type: defaultNodeType, node_types: typesByValue };
}

/** Parses `--university` for graphs: "NAME=FULL NAME" or "NAME=new". Throws UsageError. */
export function universityNamesFor(values: readonly string[]): ImportOptions['university_names'] {
  return values.map((value) => {
    const separator = value.indexOf('=');
    const [name, becomes] = [value.slice(0, separator).trim(), value.slice(separator + 1).trim()];
    if (separator > 0 && becomes !== '') return { name, becomes: becomes === 'new' ? null : becomes };
    const message = `--university must be NAME=FULL NAME or NAME=new, not "${value}".`;
    throw new UsageError(message, { argument: '--university', given: value });
  });
}
