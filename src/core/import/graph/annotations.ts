import { plainHeading } from '../../model/interchange/headings.ts';
import type { Graph, GraphElement } from './graph.ts';
import { isNumbered, nameOf } from './ids.ts';

const plainWords = (list: string): ReadonlySet<string> => new Set(list.split(', ').map(plainHeading));

const legendNames = plainWords(
  'legend, legenda, legende, leyenda, légende, zeichenerklärung, legenda kolorów, vysvětlivky, teckenförklaring, selite, lejant, tegnforklaring, signaturforklaring, υπόμνημα, легенда, условные обозначения, 凡例, 图例, 圖例',
);
/** Names of legends that are also ordinary words: they count only for groups. */
const legendGroups = plainWords('key, map key, colour key, color key, how to read, symbols, chiave, clave');

const noteTypes = plainWords(
  'note, notes, comment, comments, annotation, text annotation, sticky note, sticky, remark, legend, legenda, legende, notiz, kommentar, anmerkung, annotazione, commento, remarque, commentaire, comentario, comentário, anotación, opmerking, notitie, uwaga, notatka, poznámka, anteckning, bemerkning, huomautus, yorum, not, примечание, комментарий, заметка, 注釈, メモ, 注释, 备注',
);

/** Attributes that say what a node is drawn as. */
const typeNames: ReadonlySet<string> = new Set(['type', 'kind', 'shape', 'node type', 'element type']);

/** Finds the nodes of a drawing that are no records: notes, legends with their samples, and folders without a name. */
export class AnnotationNodes {
  readonly #annotations = new Set<string>();
  readonly #folders = new Set<string>();
  readonly #parents = new Map<string, string>();

  constructor({ nodes, edges, isFramesFile }: Pick<Graph, 'nodes' | 'edges' | 'isFramesFile'>) {
    for (const { id, parent } of nodes)
      if (id !== null && parent !== undefined) this.#parents.set(id, parent);
    if (isFramesFile) return;
    const children = Map.groupBy(nodes, ({ parent }) => parent);
    const legends = new Map<string, readonly string[]>();
    const notes: string[] = [];
    const folders: string[] = [];
    for (const node of nodes) {
      const { id } = node;
      if (id === null) continue;
      const isGroup = children.has(id);
      if (node.isNote === true) this.#annotations.add(id);
      else if (isGroup && isLegend(node, true)) legends.set(id, membersOf(id, children));
      else if (isNoteLike(node) || isInLegend(node)) notes.push(id);
      else if (isGroup && node.isFolder === true && nameOf(node) === null && isNumbered(id)) folders.push(id);
    }
    const candidates = [...notes, ...folders, ...[...legends.values()].flat()];
    if (candidates.length === 0) return;
    const neighbours = neighboursOf(new Set(candidates), edges);
    for (const id of notes) if (!neighbours.has(id)) this.#annotations.add(id);
    for (const id of folders) if (!neighbours.has(id)) this.#folders.add(id);
    for (const [group, members] of legends) {
      if (neighbours.has(group)) continue;
      // Samples of edges join nodes of the legend only.
      for (const id of members)
        if ([...(neighbours.get(id) ?? [])].every((other) => members.includes(other)))
          this.#annotations.add(id);
    }
  }

  isAnnotation(id: string | null): boolean {
    return id !== null && this.#annotations.has(id);
  }

  /** Whether a node is a folder that nobody named: its nodes are imported, it is not. */
  isUnnamedFolder(id: string | null): boolean {
    return id !== null && this.#folders.has(id);
  }

  /** The groups around a node that are records, nearest first. */
  groupsOf({ parent }: GraphElement): string[] {
    const groups: string[] = [];
    let group = parent;
    for (let depth = 0; group !== undefined && depth < maxDepth; depth += 1) {
      if (!this.#folders.has(group) && !this.#annotations.has(group)) groups.push(group);
      group = this.#parents.get(group);
    }
    return groups;
  }
}

const maxDepth = 100;

/** A group with all nodes in it. */
function membersOf(
  group: string,
  children: ReadonlyMap<string | undefined, readonly GraphElement[]>,
): readonly string[] {
  const members = new Set([group]);
  for (const id of members) for (const child of children.get(id) ?? []) if (child.id) members.add(child.id);
  return [...members];
}

/** The ends of edges at some nodes, by node. */
function neighboursOf(ids: ReadonlySet<string>, edges: Graph['edges']): Map<string, Set<string>> {
  const neighbours = new Map<string, Set<string>>();
  const add = (id: string, other: string): void => {
    if (!ids.has(id)) return;
    const others = neighbours.get(id);
    if (others) others.add(other);
    else neighbours.set(id, new Set([other]));
  };
  for (const { source, target } of edges) {
    add(source, target);
    add(target, source);
  }
  return neighbours;
}

function isLegend(node: GraphElement, isGroup: boolean): boolean {
  const name = plainHeading(nameOf(node) ?? '').replace(/ \d+$/, '');
  return legendNames.has(name) || (isGroup && legendGroups.has(name));
}

function isInLegend(node: GraphElement): boolean {
  const group = node.attributes.get('group');
  const isGrouped =
    typeof group === 'string' &&
    (legendNames.has(plainHeading(group)) || legendGroups.has(plainHeading(group)));
  return isGrouped || isLegend(node, false);
}

/** Whether the type of a node is a note, or it is a text card of a canvas. */
const isNoteLike = ({ attributes }: GraphElement): boolean =>
  [...attributes].some(
    ([name, value]) =>
      typeof value === 'string' && typeNames.has(plainHeading(name)) && noteTypes.has(plainHeading(value)),
  ) ||
  (attributes.get('type') === 'text' && typeof attributes.get('text') === 'string');
