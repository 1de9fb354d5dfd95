import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { faultOf } from '../support.ts';
import { importFile, refusedWith, stateOf, workspaceForAll } from '../workspace.ts';
import { planned } from './support.ts';

const graph = (inside: string, before = ''): string =>
  `<?xml version="1.0"?>\n${before}<gexf xmlns="http://www.gexf.net/1.2draft"><graph><nodes>\n${inside}</nodes></graph></gexf>`;
const entities = Array.from(
  { length: 20 },
  (_, at) => `<!ENTITY a${at + 1} "&a${at};&a${at};&a${at};&a${at};">`,
);
const bomb = `<!DOCTYPE gexf [<!ENTITY a0 "lol">${entities.join('')}]>`;

const hostile: Readonly<Record<string, readonly [text: string, reason: string]>> = {
  'an entity bomb': [graph('<node id="a" label="&a20;"/>', bomb), 'not_xml'],
  'an entity that reads a file': [
    graph('<node id="a" label="&x;"/>', '<!DOCTYPE gexf [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
    'not_xml',
  ],
  'an entity that nobody declared': [graph('<node id="a" label="&x;"/>'), 'not_xml'],
  'a file that is cut off': [graph('<node id="a"/>').slice(0, -12), 'truncated'],
  'a file that is cut within a tag': [graph('<node id="a"/>').slice(0, -3), 'truncated'],
  'tags that do not match': [graph('<node id="a"></edge>'), 'not_xml'],
  'an attribute beyond all measure': [graph(`<node id="a" label="${'x'.repeat(5_000_000)}"/>`), 'too_large'],
  'another XML file': ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'not_a_graph'],
  'one format within another': ['<x><gexf/></x>', 'not_a_graph'],
  'an edge without an end': ['{"nodes": [], "links": [{"source": "a"}]}', 'not_a_graph'],
  'an element that is none': ['{"elements": {"nodes": [{"id": "a"}]}}', 'not_a_graph'],
};

describe('malformed graphs', () => {
  const workspace = workspaceForAll();

  it.each(Object.keys(hostile))('is refused, and nothing is written: %s', async (name) => {
    const [text, reason] = hostile[name] ?? ['', ''];
    const path = workspace.path('graph.gexf');
    writeFileSync(path, text);
    const { code, data } = await refusedWith(importFile(workspace, path));
    expect([code, data.reason]).toEqual(['BAD_FILE', reason]);
    expect((await stateOf(workspace)).size).toBe(0);
  });

  it('is distinguished from Pajek at once, even after many comment signs', () => {
    const began = performance.now();
    expect(faultOf(() => planned(`${'% '.repeat(2000)}x`)).code).toBe('BAD_FILE');
    expect(performance.now() - began).toBeLessThan(1000);
    expect(planned('% one\n\n  % two *\n*Vertices 1\n1 "Radio"\n').graph).toMatchObject({ nodes: 1 });
  });

  it('is refused with the line or the number of the element', () => {
    const line = graph('<node id="a"/>\n<node id="b">\n</edge>');
    expect(faultOf(() => planned(line)).data).toMatchObject({ line: 5 });
    const found = (content: string) => faultOf(() => planned(content)).message;
    expect(found('{"nodes": [], "links": [{"source": "a"}]}')).toContain('item 1 of “links” has no “target”');
    expect(found('{"elements": {"nodes": [{}]}}')).toContain('item 1 of “nodes” has no “data”');
    expect(found('{"nodes": [true], "links": []}')).toContain('item 1 of “nodes” should be an object');
    expect(found('graph [ node [ label "Radio" ] ]')).toContain('item 1 of “node” has no “id”');
    const table = 'Source,Target\na,b\na,\n';
    expect(faultOf(() => planned(table, { format: 'csv-edges' })).data.line).toBe(3);
    expect(faultOf(() => planned('a,b\n1,2\n', { format: 'csv-edges' })).data.line).toBe(1);
  });

  it('is read or refused with BAD_FILE wherever it is cut', () => {
    const whole = readFileSync(new URL('fixtures/gephi.gexf', import.meta.url), 'utf8');
    for (let at = 0; at < whole.length - 2; at += 17) {
      expect(faultOf(() => planned(`<${whole.slice(1, at + 1)}`)).code).toBe('BAD_FILE');
    }
  });
});
