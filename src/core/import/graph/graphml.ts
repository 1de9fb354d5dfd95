import { addAttribute, ourName } from './graph.ts';
import { GraphReader } from './xml-reader.ts';
import type { Declaration, XmlAttributes } from './xml-reader.ts';

/** Elements whose text is a label, with its attribute: yEd's, and those of classes it draws. */
const labels: Readonly<Record<string, string>> = {
  NodeLabel: 'label',
  EdgeLabel: 'label',
  // yFiles for HTML, and yEd Live.
  Label: 'label',
  'Label.Text': 'label',
  AttributeLabel: 'attributes',
  MethodLabel: 'methods',
};

/** Content without a counterpart; skipped completely. */
const passedOver = new Set(['port', 'hyperedge', 'locator']);

/** Reads GraphML, with labels and groups of yEd and yFiles. */
export class GraphmlReader extends GraphReader {
  protected readonly structural = new Set(['id', 'source', 'target', 'directed']);
  #declaration: Declaration | null = null;
  #key = '';
  /** Default direction of edges, for each open graph. */
  readonly #directed: (boolean | null)[] = [];
  /** The attribute of the open label. */
  #label: string | null = null;
  /** Keys about drawing, without values. */
  readonly #drawings = new Set<string>();
  #depth = 0;
  /** Depth in a skipped element; 0 outside. */
  #skipped = 0;
  /** Of a folder's open and closed drawing only the visible one counts. */
  #folder: { depth: number; active: number; at: number } | null = null;

  open(name: string, given: XmlAttributes): void {
    this.#depth += 1;
    if (this.#skipped > 0) return;
    if (passedOver.has(name)) this.#skip(name);
    else if (this.#folder && this.#depth === this.#folder.depth + 1) this.#folder.at += 1;
    else if (name === 'Realizers')
      this.#folder = { depth: this.#depth, active: Number(given.active ?? 0), at: -1 };
    else this.#open(name, given);
  }

  #open(name: string, given: XmlAttributes): void {
    const { id = '', key = '' } = given;
    if (name === 'graph')
      this.#directed.push(directionOf(given.edgedefault) ?? this.#directed.at(-1) ?? null);
    else if (name === 'key') this.#declare(id, given);
    else if (name === 'node') this.begin('node', withoutParse(given), null);
    else if (name === 'edge')
      this.begin('edge', withoutParse(given), yesOrNo(given.directed) ?? this.#directed.at(-1) ?? null);
    else if (name === 'data') {
      this.#key = key;
      this.listening = [];
    } else if (name === 'default' || name === 'desc') this.listening = [];
    else if (Object.hasOwn(labels, name)) this.#openLabel(name, given);
    else if (this.#label === null) {
      // A value here is about drawing.
      const element = this.stack.at(-1);
      // A list of labels is none.
      if (this.listening && element && name !== 'List') element.isDrawn = true;
      this.listening = null;
    }
  }

  #declare(id: string, given: XmlAttributes): void {
    const title = given['attr.name'];
    const isDrawing = title === undefined && Object.keys(given).some((key) => key.startsWith('yfiles'));
    if (isDrawing) this.#drawings.add(id);
    else this.#declaration = this.addDeclaration(id, given.for ?? 'all', title ?? id, given['attr.type']);
  }

  #openLabel(name: string, given: XmlAttributes): void {
    this.#label = labels[name] ?? null;
    this.listening = [];
    if (name === 'Label' && given.Text !== undefined) this.#addLabel(given.Text);
  }

  #addLabel(text: string): void {
    const element = this.stack.at(-1);
    const isShown = !this.#folder || this.#folder.at === this.#folder.active;
    // A label may have several lines.
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
    else if (name === 'desc') this.#describe(this.heard());
    else if (name === 'default' && this.#declaration) this.#declaration.standard = this.heard();
    else if (name === 'graph') this.#directed.pop();
    else if (name === 'key') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.end();
    else if (name === 'data' && this.listening) this.#data(this.heard());
    else if (Object.hasOwn(labels, name) && this.#label !== null) {
      this.#addLabel(this.heard());
      this.#label = null;
    }
  }

  #describe(text: string): void {
    const element = this.stack.at(-1);
    if (!element) this.isOurs ||= text === ourName;
    else if (text.trim() !== '') addAttribute(element.attributes, 'description', text);
  }

  #data(text: string): void {
    if (this.#drawings.has(this.#key)) return;
    if (this.stack.length > 0) this.set(this.#key, text);
    else if (text.trim() !== '') {
      const attribute = this.declared.get(`graph ${this.#key}`)?.name ?? this.#key;
      this.notices.add('graph_data_left_out', { where: { attribute } });
    }
  }
}

const directionOf = (text: string | undefined): boolean | null =>
  text === 'directed' ? true : text === 'undirected' ? false : null;

const yesOrNo = (text: string | undefined): boolean | null =>
  text === 'true' ? true : text === 'false' ? false : null;

/** Without parser hints and folders. */
const withoutParse = (given: XmlAttributes): XmlAttributes =>
  Object.fromEntries(Object.entries(given).filter(([name]) => !/^(?:parse|yfiles)\./.test(name)));
