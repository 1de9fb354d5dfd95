import { nodeType } from '#shared/contract/network.ts';
import type { NodeType } from '#shared/contract/network.ts';
import { typeOfName } from '../../name-types.ts';
import { typeOfWord } from '../../word-types.ts';
import { cellText } from '../cell.ts';
import type { Mapping } from '../choices.ts';
import type { Table } from '../read/table.ts';

/** By name of an end: the type that the table states for it. */
export function statedEndTypes(
  { rows }: Pick<Table, 'rows'>,
  { fields, typeColumns }: Pick<Mapping, 'fields' | 'typeColumns'>,
): Record<string, NodeType> {
  const stated: Record<string, NodeType> = {};
  for (const end of ['from', 'to'] as const) {
    const column = fields.find(({ field }) => field.key === end)?.column;
    const typeColumn = typeColumns[end];
    if (column === undefined || typeColumn === null) continue;
    for (const { cells } of rows) {
      const [name, word] = [cellText(cells[column]), typeOfWord(cellText(cells[typeColumn]))];
      const type = word === 'person' ? typeOfPerson(name) : nodeType.options.find((one) => one === word);
      if (name !== '' && type) stated[name] ??= type;
    }
  }
  return stated;
}

const typeOfPerson = (name: string): NodeType => (typeOfName(name) === 'faculty' ? 'faculty' : 'student');
