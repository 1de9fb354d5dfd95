import { addAttribute, ourName } from './graph.ts';
import { GraphReader } from './xml-reader.ts';
import type { Declaration, XmlAttributes } from './xml-reader.ts';

/** Elements of yEd whose text is a label, also in drawings of classes, with the attribute for the label. */
const labels: Readonly<Record<string, string>> = {
  NodeLabel: 'label',
  EdgeLabel: 'label',
  // yFiles for HTML, and yEd Live.
  Label: 'label',
  'Label.Text': 'label',
  AttributeLabel: 'attributes',
  MethodLabel: 'methods',
};

/** Elements without a counterpart; they are skipped with their content. */
const skippedElements = new Set(['port', 'hyperedge', 'locator']);

/** Reads GraphML, with labels and groups of yEd and yFiles. */
export class GraphmlReader extends GraphReader {
  protected readonly structural = new Set(['id', 'source', 'target', 'directed']);
  #declaration: Declaration | null = null;
  #key = '';
  /** Default direction of edges, for each open graph. */
  readonly #defaultDirections: (boolean | null)[] = [];
  /** The attribute of the open label. */
  #label: string | null = null;
  /** Keys about drawing, without values. */
  readonly #drawingKeys = new Set<string>();
  #depth = 0;
  /** Depth in a skipped element; 0 outside. */
  #skipped = 0;
  /** A folder has an open and a closed drawing: only the active one counts. */
  #folder: { depth: number; active: number; index: number } | null = null;

  open(name: string, given: XmlAttributes): void {
    this.#depth += 1;
    if (this.#skipped > 0) return;
    if (skippedElements.has(name)) this.#skip(name);
    else if (this.#folder && this.#depth === this.#folder.depth + 1) this.#folder.index += 1;
    else if (name === 'Realizers')
      this.#folder = { depth: this.#depth, active: Number(given.active ?? 0), index: -1 };
    else this.#open(name, given);
  }

  #open(name: string, given: XmlAttributes): void {
    const { id = '', key = '' } = given;
    if (name === 'graph')
      this.#defaultDirections.push(directionOf(given.edgedefault) ?? this.#defaultDirections.at(-1) ?? null);
    else if (name === 'key') this.#declare(id, given);
    else if (name === 'node') this.begin('node', withoutHints(given), null);
    else if (name === 'edge')
      this.begin(
        'edge',
        withoutHints(given),
        parseBoolean(given.directed) ?? this.#defaultDirections.at(-1) ?? null,
      );
    else if (name === 'data') {
      this.#key = key;
      this.textParts = [];
    } else if (name === 'default' || name === 'desc') this.textParts = [];
    else if (Object.hasOwn(labels, name)) this.#openLabel(name, given);
    else if (this.#label === null) {
      // An element that is no label is about drawing.
      const element = this.stack.at(-1);
      // A list of labels is not about drawing.
      if (this.textParts && element && name !== 'List') element.hasDrawing = true;
      this.textParts = null;
    }
  }

  #declare(id: string, given: XmlAttributes): void {
    const title = given['attr.name'];
    const isDrawing = title === undefined && Object.keys(given).some((key) => key.startsWith('yfiles'));
    if (isDrawing) this.#drawingKeys.add(id);
    else this.#declaration = this.addDeclaration(id, given.for ?? 'all', title ?? id, given['attr.type']);
  }

  #openLabel(name: string, given: XmlAttributes): void {
    this.#label = labels[name] ?? null;
    this.textParts = [];
    if (name === 'Label' && given.Text !== undefined) this.#addLabel(given.Text);
  }

  #addLabel(text: string): void {
    const element = this.stack.at(-1);
    const isShown = !this.#folder || this.#folder.index === this.#folder.active;
    // A label can have several lines.
    const label = text.trim().replaceAll(/\s*\n\s*/g, ' ');
    if (element && isShown && label !== '') addAttribute(element.attributes, this.#label ?? 'label', label);
  }

  #skip(name: string): void {
    this.#skipped = this.#depth;
    this.notices.add('element_left_out', { where: { attribute: name }, params: { name } });
  }

  close(name: string): void {
    const depth = this.#depth;
    this.#depth -= 1;
    if (this.#skipped > 0) {
      if (depth === this.#skipped) this.#skipped = 0;
      return;
    }
    if (name === 'Realizers') this.#folder = null;
    else if (name === 'desc') this.#readDescription(this.takeText());
    else if (name === 'default' && this.#declaration) this.#declaration.defaultValue = this.takeText();
    else if (name === 'graph') this.#defaultDirections.pop();
    else if (name === 'key') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.end();
    else if (name === 'data' && this.textParts) this.#readData(this.takeText());
    else if (Object.hasOwn(labels, name) && this.#label !== null) {
      this.#addLabel(this.takeText());
      this.#label = null;
    }
  }

  #readDescription(text: string): void {
    const element = this.stack.at(-1);
    if (!element) this.isOurs ||= text === ourName;
    else if (text.trim() !== '') addAttribute(element.attributes, 'description', text);
  }

  #readData(text: string): void {
    if (this.#drawingKeys.has(this.#key)) return;
    if (this.stack.length > 0) this.addValue(this.#key, text);
    else if (text.trim() !== '') {
      const attribute = this.declarations.get(`graph ${this.#key}`)?.name ?? this.#key;
      this.notices.add('graph_data_left_out', { where: { attribute } });
    }
  }
}

const directionOf = (text: string | undefined): boolean | null =>
  text === 'directed' ? true : text === 'undirected' ? false : null;

const parseBoolean = (text: string | undefined): boolean | null =>
  text === 'true' ? true : text === 'false' ? false : null;

/** The attributes without hints for parsers and marks of folders. */
const withoutHints = (given: XmlAttributes): XmlAttributes =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !/^(?:parse|yfiles)\./.test(name)));
