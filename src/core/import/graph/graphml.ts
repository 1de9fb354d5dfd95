import { htmlText } from '#shared/domain/html-entities.ts';
import { addAttribute, framesCreator, isDefaultFolderName } from './graph.ts';
import { GraphReader } from './xml-reader.ts';
import type { Declaration, XmlAttributes } from './xml-reader.ts';

/** Elements of yEd whose text is a label, also in drawings of classes, with the attribute for the label. */
const labelElements: Readonly<Record<string, string>> = {
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
  protected readonly builtInAttributes = new Set(['id', 'source', 'target', 'directed']);
  #declaration: Declaration | null = null;
  #key = '';
  /** Default direction of edges, for each open graph. */
  readonly #defaultDirections: (boolean | null)[] = [];
  /** The attribute of the open label. */
  #labelAttribute: string | null = null;
  /** Keys about drawing, without values. */
  readonly #drawingKeys = new Set<string>();
  #depth = 0;
  /** Depth in a skipped element; 0 outside. */
  #skippedDepth = 0;
  /** A folder has an open and a closed drawing: the active one counts, unless only the other has a name. */
  #folder: { depth: number; active: number; index: number; otherLabel: string | null } | null = null;

  open(name: string, xmlAttributes: XmlAttributes): void {
    this.#depth += 1;
    if (this.#skippedDepth > 0) return;
    if (skippedElements.has(name)) this.#skip(name);
    else if (this.#folder && this.#depth === this.#folder.depth + 1) this.#folder.index += 1;
    else if (name === 'Realizers')
      this.#folder = {
        depth: this.#depth,
        active: Number(xmlAttributes.active ?? 0),
        index: -1,
        otherLabel: null,
      };
    else this.#openElement(name, xmlAttributes);
  }

  #openElement(name: string, xmlAttributes: XmlAttributes): void {
    const { id = '', key = '' } = xmlAttributes;
    if (name === 'graph')
      this.#defaultDirections.push(
        directionOf(xmlAttributes.edgedefault) ?? this.#defaultDirections.at(-1) ?? null,
      );
    else if (name === 'key') this.#declare(id, xmlAttributes);
    else if (name === 'node')
      this.beginElement('node', removeHints(xmlAttributes), null).isFolder =
        xmlAttributes['yfiles.foldertype'] !== undefined;
    else if (name === 'edge')
      this.beginElement(
        'edge',
        removeHints(xmlAttributes),
        parseBoolean(xmlAttributes.directed) ?? this.#defaultDirections.at(-1) ?? null,
      );
    else if (name === 'data') {
      this.#key = key;
      this.textParts = [];
    } else if (name === 'default' || name === 'desc') this.textParts = [];
    else if (Object.hasOwn(labelElements, name)) this.#openLabel(name, xmlAttributes);
    else if (this.#labelAttribute === null) {
      this.#readDrawing(name, xmlAttributes);
      // An element that is no label is about drawing.
      const element = this.stack.at(-1);
      // A list of labels is not about drawing.
      if (this.textParts && element && name !== 'List') element.hasDrawing = true;
      this.textParts = null;
    }
  }

  #declare(id: string, xmlAttributes: XmlAttributes): void {
    // Gephi titles the label of edges "Edge Label".
    const title = id === 'edgelabel' ? 'label' : xmlAttributes['attr.name'];
    const isDrawing =
      title === undefined && Object.keys(xmlAttributes).some((key) => key.startsWith('yfiles'));
    if (isDrawing) this.#drawingKeys.add(id);
    else
      this.#declaration = this.addDeclaration(
        id,
        xmlAttributes.for ?? 'all',
        title ?? id,
        xmlAttributes['attr.type'],
      );
  }

  #openLabel(name: string, xmlAttributes: XmlAttributes): void {
    this.#labelAttribute = labelElements[name] ?? null;
    this.textParts = [];
    if (name === 'Label' && xmlAttributes.Text !== undefined) this.#addLabel(xmlAttributes.Text);
  }

  #addLabel(text: string): void {
    const element = this.stack.at(-1);
    const folder = this.#folder;
    const isShown = !folder || folder.index === folder.active;
    // A label can have several lines, and yEd draws HTML.
    const plainText = /^\s*<html>/i.test(text) ? htmlText(text) : text;
    const label = plainText.trim().replaceAll(/\s*\n\s*/g, ' ');
    if (!element || label === '' || (element.isFolder === true && isDefaultFolderName(label))) return;
    if (isShown) addAttribute(element.attributes, this.#labelAttribute ?? 'label', label);
    else folder.otherLabel ??= label;
  }

  #closeFolder(): void {
    const element = this.stack.at(-1);
    const otherLabel = this.#folder?.otherLabel ?? null;
    if (element && otherLabel !== null && !element.attributes.has('label'))
      element.attributes.set('label', otherLabel);
    this.#folder = null;
  }

  /** Notes and arrows are drawn, but tell more than the drawing. */
  #readDrawing(name: string, xmlAttributes: XmlAttributes): void {
    const element = this.stack.at(-1);
    if (element?.kind === 'node' && isNoteDrawing(name, xmlAttributes)) element.isNote = true;
    if (element?.kind !== 'edge') return;
    const { source, target, sourceArrow, targetArrow } = xmlAttributes;
    if (name === 'Arrows') element.arrows = { source: isArrow(source), target: isArrow(target) };
    // yEd Live
    else if (name.endsWith('EdgeStyle'))
      element.arrows = { source: isArrow(sourceArrow), target: isArrow(targetArrow) };
    else if (element.arrows && name.endsWith('EdgeStyle.sourceArrow')) element.arrows.source = true;
    else if (element.arrows && name.endsWith('EdgeStyle.targetArrow')) element.arrows.target = true;
  }

  #skip(name: string): void {
    this.#skippedDepth = this.#depth;
    this.notices.add('element_left_out', { where: { attribute: name }, params: { name } });
  }

  close(name: string): void {
    const depth = this.#depth;
    this.#depth -= 1;
    if (this.#skippedDepth > 0) {
      if (depth === this.#skippedDepth) this.#skippedDepth = 0;
      return;
    }
    if (name === 'Realizers') this.#closeFolder();
    else if (name === 'desc') this.#readDescription(this.takeText());
    else if (name === 'default' && this.#declaration) this.#declaration.defaultValue = this.takeText();
    else if (name === 'graph') this.#defaultDirections.pop();
    else if (name === 'key') this.#declaration = null;
    else if (name === 'node' || name === 'edge') this.endElement();
    else if (name === 'data' && this.textParts) this.#readData(this.takeText());
    else if (Object.hasOwn(labelElements, name) && this.#labelAttribute !== null) {
      this.#addLabel(this.takeText());
      this.#labelAttribute = null;
    }
  }

  #readDescription(text: string): void {
    const element = this.stack.at(-1);
    if (!element) this.isFramesFile ||= text === framesCreator;
    else if (text.trim() !== '') addAttribute(element.attributes, 'description', text);
  }

  #readData(text: string): void {
    if (this.#drawingKeys.has(this.#key)) return;
    // Gephi repeats the id of an edge.
    if (this.#key === 'edgeid' && text === this.stack.at(-1)?.id) return;
    if (this.stack.length > 0) this.addValue(this.#key, text);
    else if (text.trim() !== '') {
      const attribute = this.declarations.get(`graph ${this.#key}`)?.name ?? this.#key;
      this.notices.add('graph_data_left_out', { where: { attribute } });
    }
  }
}

const isArrow = (arrow: string | undefined): boolean =>
  arrow !== undefined && !/^(?:none|\{x:null\})$/i.test(arrow);

/** Whether a drawing is one of notes: in UML, flowcharts and BPMN. */
const isNoteDrawing = (
  name: string,
  { configuration = '', value = '', name: property = '' }: XmlAttributes,
): boolean =>
  name === 'UMLNoteNode' ||
  /annotation/i.test(configuration) ||
  (property.endsWith('bpmn.type') && value === 'ARTIFACT_TYPE_ANNOTATION');

function directionOf(text: string | undefined): boolean | null {
  if (text === 'directed') return true;
  return text === 'undirected' ? false : null;
}

function parseBoolean(text: string | undefined): boolean | null {
  if (text === 'true') return true;
  return text === 'false' ? false : null;
}

/** The attributes without hints for parsers and marks of folders. */
const removeHints = (xmlAttributes: XmlAttributes): XmlAttributes =>
  Object.fromEntries(Object.entries(xmlAttributes).filter(([name]) => !/^(?:parse|yfiles)\./.test(name)));
