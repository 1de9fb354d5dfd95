import { say } from '../../../i18n/setup.ts';
import { counted, inSentence, titleOr, typeName } from '../../../text/names.ts';
import type { NetNode } from '../model/model.ts';

/** A node in words, for those who hear the picture: its name, what it is, how many links it has. */
export function saidOf({ title, type, links }: NetNode, selected: boolean): string {
  return say(selected ? 'network:saidSelected' : 'network:said', {
    title: titleOr(title, type),
    type: inSentence(typeName(type)),
    links: counted('interface', links),
  });
}
