import { plainHeading } from '../../model/interchange/headings.ts';
import { cellText } from './cell.ts';
import type { Cell } from './cell.ts';

/** Whether a link goes from its first end to its second, back, or both ways. */
export type Direction = 'forward' | 'backward' | 'both';

const arrows: Readonly<Record<Direction, RegExp>> = {
  both: /^(?:<\s*[-=–—]*\s*>|[↔⇔⟷⇄⇆])$/u,
  forward: /^(?:[-=–—]+\s*>|[→⇒⟶])$/u,
  backward: /^(?:<\s*[-=–—]+|[←⇐⟵])$/u,
};

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(','));

const words: Readonly<Record<Direction, ReadonlySet<string>>> = {
  both: wordsOf(
    'both,both ways,both directions,bidirectional,bi directional,two way,2 way,mutual,reciprocal,beide,beide richtungen,beidseitig,gegenseitig,wechselseitig,bidirektional,bidirectionnel,bidirectionnelle,les deux sens,deux sens,bidirezionale,entrambi,bidireccional,ambos,ambos sentidos,dwukierunkowy,dwukierunkowa,obustronny,obustronna,wzajemny,obousmerny,obousmerna,beide kanten,wederzijds,tweerichtings,bada,cift yonlu,双方向,双向',
  ),
  forward: wordsOf(
    'one way,1 way,unidirectional,forward,single,einseitig,unidirektional,einfach,unidirectionnel,sens unique,unidirezionale,unidireccional,jednokierunkowy,jednosmerny,enkel,tek yonlu,単方向,单向',
  ),
  backward: wordsOf('backward,reverse,reversed,ruckwarts,umgekehrt,inverse'),
};

const directions = ['both', 'forward', 'backward'] as const;

/** The direction that a cell says by an arrow or a word; null for other texts. */
export function parseDirection(cell: Cell): Direction | null {
  const text = cellText(cell).trim();
  const plain = plainHeading(text);
  return directions.find((one) => arrows[one].test(text) || (plain !== '' && words[one].has(plain))) ?? null;
}
