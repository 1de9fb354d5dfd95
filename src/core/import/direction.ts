import { plainHeading } from '../model/interchange/headings.ts';
import { cellText } from './table/cell.ts';
import type { Cell } from './table/cell.ts';

/** Whether a link goes from its first end to its second, back, or both ways. */
export type Direction = 'forward' | 'backward' | 'both';

const arrows: Readonly<Record<Direction, RegExp>> = {
  both: /^(?:<\s*[-=–—]*\s*>|[↔⇔⟷⇄⇆⇌])$/u,
  forward: /^(?:[-=–—]+\s*>|[→⇒⟶])$/u,
  backward: /^(?:<\s*[-=–—]+|[←⇐⟵])$/u,
};

const wordsOf = (list: string): ReadonlySet<string> => new Set(list.split(/,\s+/).map(plainHeading));

const words: Readonly<Record<Direction, ReadonlySet<string>>> = {
  both: wordsOf(
    `both, both ways, both directions, bidirectional, bi directional, bidirected, bi, is bidirectional, two way, two ways, twoway, 2 way, mutual, reciprocal,
    beide, beides, beide richtungen, in beide richtungen, beidseitig, gegenseitig, wechselseitig, bidirektional, hin und zurück, beide kanten,
    bidirectionnel, bidirectionnelle, réciproque, les deux, les deux sens, deux sens, dans les deux sens, bidirezionale, reciproco, entrambi, entrambe, ambedue, in entrambe le direzioni,
    bidireccional, recíproco, ambos, ambas, ambos sentidos, en ambos sentidos, dwukierunkowy, dwukierunkowa, obustronny, obustronna, wzajemny, wzajemna, oba, obie, obě, obousměrný, obousměrná, vzájemný,
    tweerichting, tweerichtings, wederzijds, båda, ömsesidig, dubbelriktad, begge, tovejs, toveis, gjensidig, molemmat, molemminsuuntainen, her iki, iki yönlü, çift yönlü, karşılıklı,
    обе, в обе стороны, взаимная, взаимный, двусторонняя, двусторонний, 双方向, 双向, 相互`,
  ),
  forward: wordsOf(
    `one way, 1 way, unidirectional, forward, single, einseitig, unidirektional, einfach, unidirectionnel, sens unique, unidirezionale, unidireccional, jednokierunkowy, jednokierunkowa, jednosměrný, jednosměrná,
    enkel, tek yönlü, односторонняя, 単方向, 一方向, 单向`,
  ),
  backward: wordsOf('backward, reverse, reversed, rückwärts, umgekehrt, inverse'),
};

const directions = ['both', 'forward', 'backward'] as const;

/** The direction that a value states by an arrow or a word; null for other values. */
export function parseDirection(value: Cell): Direction | null {
  const text = cellText(value).trim();
  const plain = plainHeading(text);
  return directions.find((one) => arrows[one].test(text) || (plain !== '' && words[one].has(plain))) ?? null;
}
