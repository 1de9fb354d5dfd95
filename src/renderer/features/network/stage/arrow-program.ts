import { EdgeProgram } from 'sigma/rendering';
import type { EdgeProgramType, ProgramInfo } from 'sigma/rendering';
import { floatColor } from 'sigma/utils';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import type { EdgeAttributes } from './attributes.ts';
import { arrowhead } from './curve.ts';

const glsl = (value: number): string => value.toFixed(4);

/** The values are those of `arrowhead`. */
const vertex = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_from;
attribute vec2 a_to;
attribute float a_width;
attribute float a_radius;
attribute float a_corner;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform vec2 u_viewport;
uniform float u_pixelRatio;

varying vec4 v_color;
varying float v_back;
varying float v_side;
varying float v_size;
varying float v_soft;

void main() {
  vec2 a = (u_matrix * vec3(a_from, 1)).xy;
  vec2 b = (u_matrix * vec3(a_to, 1)).xy;
  // All in px of the page, like the lines.
  vec2 pixels = u_viewport * 0.5;
  vec2 way = (b - a) * pixels;
  float len = max(length(way), 0.0001);
  vec2 ahead = way / len;

  float radius = a_radius / u_sizeRatio;
  v_size = min(${glsl(arrowhead.length)}, ${glsl(arrowhead.least)} + radius) + max(a_width / u_sizeRatio, 0.75);
  v_soft = 0.5 / max(u_pixelRatio, 1.0) + 0.15;
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;

  // A margin for soft edges.
  float margin = v_soft / ${glsl(arrowhead.slope)};
  v_back = abs(a_corner) * (v_size + v_soft + margin) - margin;
  v_side = a_corner * ${glsl(arrowhead.slope)} * (v_size + v_soft + margin);
  // No room if the nodes touch.
  float room = a_width > 0.0 && len >= radius + 2.0 * v_size ? 1.0 : 0.0;
  vec2 off = -ahead * (radius + ${glsl(arrowhead.gap)} + v_back) + vec2(-ahead.y, ahead.x) * v_side;
  gl_Position = vec4(b + room * off / pixels, 0, 1);
}
`;

const fragment = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying float v_back;
varying float v_side;
varying float v_size;
varying float v_soft;

void main(void) {
  float aside = (${glsl(arrowhead.slope)} * v_back - abs(v_side)) / ${glsl(Math.hypot(1, arrowhead.slope))};
  float cover = smoothstep(-v_soft, v_soft, min(aside, v_size - v_back));
  gl_FragColor = vec4(v_color.rgb, 1.0) * (v_color.a * cover);
}
`;

const uniforms = ['u_matrix', 'u_sizeRatio', 'u_viewport', 'u_pixelRatio'] as const;

/** Draws the arrowheads of edges at their targets. */
class Arrowheads extends EdgeProgram<(typeof uniforms)[number]> {
  // Picking is computed from positions (pick.ts), which saves a second drawing pass.
  constructor(...[gl, , renderer]: ConstructorParameters<typeof EdgeProgram>) {
    super(gl, null, renderer);
  }

  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 3,
      VERTEX_SHADER_SOURCE: vertex,
      FRAGMENT_SHADER_SOURCE: fragment,
      METHOD: TRIANGLES,
      UNIFORMS: uniforms,
      ATTRIBUTES: [
        { name: 'a_from', size: 2, type: FLOAT },
        { name: 'a_to', size: 2, type: FLOAT },
        { name: 'a_width', size: 1, type: FLOAT },
        { name: 'a_radius', size: 1, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [{ name: 'a_corner', size: 1, type: FLOAT }],
      CONSTANT_DATA: [[0], [1], [-1]],
    };
  }

  processVisibleItem(
    _id: number,
    start: number,
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData & Partial<EdgeAttributes>,
  ): void {
    const { x, y } = source;
    // Zero width is not drawn.
    const width = data.arrow === true ? data.size : 0;
    this.array.set([x, y, target.x, target.y, width, target.size, floatColor(data.color)], start);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix);
    gl.uniform1f(uniformLocations.u_sizeRatio ?? null, params.sizeRatio);
    gl.uniform2f(uniformLocations.u_viewport ?? null, params.width, params.height);
    gl.uniform1f(uniformLocations.u_pixelRatio ?? null, params.pixelRatio);
  }
}

export const arrowProgram = Arrowheads as unknown as EdgeProgramType;
