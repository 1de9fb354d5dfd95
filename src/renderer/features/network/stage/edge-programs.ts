import { createEdgeCompoundProgram, EdgeProgram } from 'sigma/rendering';
import type { EdgeProgramType, ProgramInfo } from 'sigma/rendering';
import { floatColor } from 'sigma/utils';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import type { EdgeAttributes } from './attributes.ts';
import { arrowheadShape } from './curve.ts';

const uniforms = ['u_matrix', 'u_sizeRatio', 'u_viewport', 'u_pixelRatio'] as const;

const inputs = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_from;
attribute vec2 a_to;
attribute float a_width;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform vec2 u_viewport;
uniform float u_pixelRatio;
`;

/** The ends of an edge, and its vector in px of the page, so that patterns and arrowheads keep their size at every zoom. */
const edgeVector = /* glsl */ `
  vec2 a = (u_matrix * vec3(a_from, 1)).xy;
  vec2 b = (u_matrix * vec3(a_to, 1)).xy;
  vec2 pixels = u_viewport * 0.5;
  vec2 span = (b - a) * pixels;
  float len = max(length(span), 0.0001);
  float width = max(a_width / u_sizeRatio, 0.75);
  v_soft = 0.5 / max(u_pixelRatio, 1.0) + 0.15;
  v_color = a_color;
  // The last bit of a colour is lost in transfer.
  v_color.a *= 255.0 / 254.0;
`;

const strokeVaryings = /* glsl */ `
varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_soft;
varying vec2 v_dash;
`;

const strokeVertex = /* glsl */ `
${inputs}
attribute vec2 a_dash;
attribute float a_end;
attribute float a_side;
${strokeVaryings}
void main() {
  ${edgeVector}
  vec2 normal = vec2(-span.y, span.x) / len;
  v_half = width * 0.5;
  v_across = a_side * (v_half + v_soft);
  v_along = a_end * len;
  v_dash = a_dash;
  vec2 position = mix(a, b, a_end) + normal * v_across / pixels;
  gl_Position = vec4(position, 0, 1);
}
`;

const strokeFragment = /* glsl */ `
precision highp float;
${strokeVaryings}
void main(void) {
  float cover = 1.0 - smoothstep(v_half - v_soft, v_half + v_soft, abs(v_across));
  if (v_dash.x > 0.0) {
    float period = v_dash.x + v_dash.y;
    // Distance from the middle of the nearest dash.
    float off = abs(mod(v_along, period) - v_dash.x * 0.5);
    off = min(off, period - off);
    cover *= 1.0 - smoothstep(v_dash.x * 0.5 - 0.5, v_dash.x * 0.5 + 0.5, off);
  }
  gl_FragColor = vec4(v_color.rgb, 1.0) * (v_color.a * cover);
}
`;

const glslFloat = (value: number): string => value.toFixed(4);

const headVaryings = /* glsl */ `
varying vec4 v_color;
varying float v_back;
varying float v_side;
varying float v_size;
varying float v_soft;
`;

/** The values are those of `arrowheadShape`. */
const headVertex = /* glsl */ `
${inputs}
attribute float a_radius;
attribute float a_corner;
${headVaryings}
void main() {
  ${edgeVector}
  vec2 direction = span / len;
  float radius = a_radius / u_sizeRatio;
  v_size = min(${glslFloat(arrowheadShape.maxLength)}, ${glslFloat(arrowheadShape.base)} + radius) + width;

  // A margin for soft edges.
  float margin = v_soft / ${glslFloat(arrowheadShape.slope)};
  v_back = abs(a_corner) * (v_size + v_soft + margin) - margin;
  v_side = a_corner * ${glslFloat(arrowheadShape.slope)} * (v_size + v_soft + margin);
  // Collapses the arrowhead if the nodes are too close.
  float room = a_width > 0.0 && len >= radius + 2.0 * v_size ? 1.0 : 0.0;
  vec2 offset = -direction * (radius + ${glslFloat(arrowheadShape.gap)} + v_back) + vec2(-direction.y, direction.x) * v_side;
  gl_Position = vec4(b + room * offset / pixels, 0, 1);
}
`;

const headFragment = /* glsl */ `
precision highp float;
${headVaryings}
void main(void) {
  float sideDistance = (${glslFloat(arrowheadShape.slope)} * v_back - abs(v_side)) / ${glslFloat(Math.hypot(1, arrowheadShape.slope))};
  float cover = smoothstep(-v_soft, v_soft, min(sideDistance, v_size - v_back));
  gl_FragColor = vec4(v_color.rgb, 1.0) * (v_color.a * cover);
}
`;

type Edge = EdgeDisplayData & Partial<EdgeAttributes>;

/** A program in px of the page. Picking is computed from positions (pick.ts), which saves a second drawing pass. */
abstract class PixelEdgeProgram extends EdgeProgram<(typeof uniforms)[number]> {
  constructor(...[gl, , renderer]: ConstructorParameters<typeof EdgeProgram>) {
    super(gl, null, renderer);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix);
    gl.uniform1f(uniformLocations.u_sizeRatio ?? null, params.sizeRatio);
    gl.uniform2f(uniformLocations.u_viewport ?? null, params.width, params.height);
    gl.uniform1f(uniformLocations.u_pixelRatio ?? null, params.pixelRatio);
  }
}

const floatAttribute = (name: string, size: number) => ({ name, size, type: WebGLRenderingContext.FLOAT });
const colourAttribute = () => ({
  name: 'a_color',
  size: 4,
  type: WebGLRenderingContext.UNSIGNED_BYTE,
  normalized: true,
});

/** Draws each edge as a strip with width and dash pattern in px. */
class Strokes extends PixelEdgeProgram {
  getDefinition() {
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: strokeVertex,
      FRAGMENT_SHADER_SOURCE: strokeFragment,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: uniforms,
      ATTRIBUTES: [
        floatAttribute('a_from', 2),
        floatAttribute('a_to', 2),
        floatAttribute('a_width', 1),
        floatAttribute('a_dash', 2),
        colourAttribute(),
      ],
      CONSTANT_ATTRIBUTES: [floatAttribute('a_end', 1), floatAttribute('a_side', 1)],
      CONSTANT_DATA: [
        [0, 1],
        [0, -1],
        [1, 1],
        [1, 1],
        [0, -1],
        [1, -1],
      ],
    };
  }

  processVisibleItem(
    _id: number,
    start: number,
    from: NodeDisplayData,
    to: NodeDisplayData,
    edge: Edge,
  ): void {
    const [dash, gap] = edge.dash ?? [0, 0];
    this.array.set([from.x, from.y, to.x, to.y, edge.size, dash, gap, floatColor(edge.color)], start);
  }
}

/** Draws the arrowheads of edges at their targets. */
class Arrowheads extends PixelEdgeProgram {
  getDefinition() {
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: headVertex,
      FRAGMENT_SHADER_SOURCE: headFragment,
      METHOD: WebGLRenderingContext.TRIANGLES,
      UNIFORMS: uniforms,
      ATTRIBUTES: [
        floatAttribute('a_from', 2),
        floatAttribute('a_to', 2),
        floatAttribute('a_width', 1),
        floatAttribute('a_radius', 1),
        colourAttribute(),
      ],
      CONSTANT_ATTRIBUTES: [floatAttribute('a_corner', 1)],
      CONSTANT_DATA: [[0], [1], [-1]],
    };
  }

  processVisibleItem(
    _id: number,
    start: number,
    from: NodeDisplayData,
    to: NodeDisplayData,
    edge: Edge,
  ): void {
    // Zero width is not drawn.
    const width = edge.arrow === true ? edge.size : 0;
    this.array.set([from.x, from.y, to.x, to.y, width, to.size, floatColor(edge.color)], start);
  }
}

export const webglEdges: EdgeProgramType = createEdgeCompoundProgram([
  Strokes as unknown as EdgeProgramType,
  Arrowheads as unknown as EdgeProgramType,
]);
