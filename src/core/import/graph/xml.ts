import { clause } from '#shared/texts/sentence.ts';
import { formatMegabytes, fileRefusal } from '../../kernel/files/refusal.ts';
import { parseXml } from '../../kernel/files/xml.ts';
import type { XmlHandler } from '../../kernel/files/xml.ts';
import { notGraphFault } from './foreign.ts';
import { GexfReader } from './gexf.ts';
import { restoreOriginalIds } from './graph.ts';
import type { Graph } from './graph.ts';
import { GraphmlReader } from './graphml.ts';

/** Limit of the length of an attribute or text; no field holds a longer value. */
const maxValueLength = 4 * 1024 * 1024;

/** GEXF or GraphML, by the first element; else null. */
export function xmlFormat(text: string): 'gexf' | 'graphml' | null {
  const [, name = ''] = /<(?:\w+:)?(gexf|graphml)[\s/>]/.exec(text.slice(0, 64 * 1024)) ?? [];
  return name === 'gexf' || name === 'graphml' ? name : null;
}

/**
 * Reads GEXF (1.1 to 1.3) or GraphML without drawing. Yields progress. Reads no document type and no entities but XML's five. Throws
 * BAD_FILE, reason not_xml, not_a_graph, truncated or too_large.
 */
export function* readXmlGraph(
  text: string,
  file: string,
  format: 'gexf' | 'graphml',
): Generator<number, Graph, void> {
  const reader = format === 'gexf' ? new GexfReader() : new GraphmlReader();
  let root: string | null = null;
  const handler: XmlHandler = {
    open(name, attributes) {
      root ??= name;
      if (root !== format) throw notGraphFault(file);
      reader.open(name, attributes);
    },
    close: (name) => reader.close(name),
    text: (value) => reader.text(value),
    maxLength: maxValueLength,
    createError: (fault, line) => faultOf(file, fault, line),
  };
  yield* parseXml(text, file, handler);
  return restoreOriginalIds(reader.graph(format));
}

function faultOf(file: string, fault: 'not_well_formed' | 'cut_off' | 'doctype' | 'too_long', line: number) {
  switch (fault) {
    case 'cut_off':
      return fileRefusal('truncated', { file }, { line });
    case 'doctype':
      return fileRefusal('not_xml', { file, why: clause('doctype') }, { line });
    case 'too_long':
      return fileRefusal(
        'too_large',
        { file, why: clause('valueLength', { limit: formatMegabytes(maxValueLength) }) },
        { line },
      );
    case 'not_well_formed':
      return fileRefusal('not_xml', { file }, { line });
  }
}
