import { entityTypes, tableOf } from '../domain/types.ts';
import type { EntityType } from '../domain/types.ts';
import { maxLengths } from '../domain/limits.ts';
import { isSandboxId } from '../domain/target.ts';
import { parseQuery, printQuery } from './query.ts';
import type { Pairs } from './query.ts';
import { listParts, plainKinds, recordParts, viewParts } from './view.ts';
import type { Address, View } from './view.ts';

const scheme = 'frames://';

/** The URL segment of a type: its table with hyphens (`risk-factors`). */
function segmentOf(type: EntityType): string {
  return tableOf[type].replaceAll('_', '-');
}

function typeOf(segment: string): EntityType | undefined {
  return entityTypes.find((type) => segmentOf(type) === segment);
}

function pathOf(view: View): string {
  if (view.kind === 'record') return `${segmentOf(view.type)}/${encodeURIComponent(view.id)}`;
  return view.kind === 'list' ? segmentOf(view.type) : view.kind;
}

const hasParts = (kind: string): kind is keyof typeof viewParts => Object.hasOwn(viewParts, kind);

function pairsOf(view: View): Pairs {
  if (view.kind === 'list') return listParts.print(view, '');
  if (view.kind === 'record') return recordParts.print(view, '');
  return hasParts(view.kind) ? viewParts[view.kind].print(view as never, '') : [];
}

/** The address as text: `frames://live/teams?sort=name.asc&f=discipline.is.software&sel=team_1`; a record alone: `frames://live/teams/team_1`. */
export function printAddress({ target, view }: Address): string {
  const query = printQuery(pairsOf(view));
  return `${scheme}${encodeURIComponent(target)}/${pathOf(view)}${query === '' ? '' : `?${query}`}`;
}

/** Syntax check only; a lookup decides whether the point in time exists. */
const isPointInTime = (raw: string): boolean => raw.trim() !== '' && raw.length <= maxLengths.checkpoint;

function isComplete(view: View): boolean {
  if (view.kind === 'compare') return isSandboxId(view.sandbox);
  return view.kind !== 'moments' || (isPointInTime(view.from) && isPointInTime(view.to));
}

function parseView(path: string, pairs: Pairs): View | null {
  const textsOf = (name: string): string[] => pairs.filter(([key]) => key === name).map(([, text]) => text);
  const plainKind = plainKinds.find((kind) => kind === path);
  if (plainKind) return { kind: plainKind };
  if (hasParts(path)) {
    const view = { kind: path, ...viewParts[path].parse(textsOf, '') } as View;
    return isComplete(view) ? view : null;
  }
  const [segment = '', ...rest] = path.split('/');
  const type = typeOf(segment);
  if (!type) return null;
  if (rest.length === 0) return { kind: 'list', type, ...listParts.parse(textsOf, '') };
  const id = decodeURIComponent(rest.join('/'));
  return id === '' ? null : { kind: 'record', type, id, ...recordParts.parse(textsOf, '') };
}

/** Parses an address; null if it is invalid. Unknown parts are ignored. */
export function parseAddress(text: string): Address | null {
  const match = /^frames:\/\/([^/?]+)\/([^?]*)(?:\?(.*))?$/s.exec(text);
  if (!match) return null;
  const [, target = '', path = '', query = ''] = match;
  try {
    const view = parseView(path, parseQuery(query));
    return view && { target: decodeURIComponent(target), view };
  } catch {
    return null;
  }
}
