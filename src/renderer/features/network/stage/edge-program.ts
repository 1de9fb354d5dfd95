import { EdgeProgram } from 'sigma/rendering';
import type { EdgeProgramType, ProgramInfo } from 'sigma/rendering';
import { floatColor } from 'sigma/utils';
import type { EdgeDisplayData, NodeDisplayData, RenderParams } from 'sigma/types';
import type { EdgeAttributes } from './attributes.ts';

const vertex = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_from;
attribute vec2 a_to;
attribute float a_width;
attribute vec2 a_dash;
attribute float a_end;
attribute float a_side;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform vec2 u_viewport;
uniform float u_pixelRatio;

varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_soft;
varying vec2 v_dash;

void main() {
  vec2 a = (u_matrix * vec3(a_from, 1)).xy;
  vec2 b = (u_matrix * vec3(a_to, 1)).xy;
  // All in px of the page, so that patterns keep their length at every zoom.
  vec2 pixels = u_viewport * 0.5;
  vec2 way = (b - a) * pixels;
  float len = max(length(way), 0.0001);
  vec2 aside = vec2(-way.y, way.x) / len;

  float width = max(a_width / u_sizeRatio, 0.75);
  v_color = a_color;
  v_color.a *= 255.0 / 254.0;

  v_soft = 0.5 / max(u_pixelRatio, 1.0) + 0.15;
  v_half = width * 0.5;
  v_across = a_side * (v_half + v_soft);
  v_along = a_end * len;
  v_dash = a_dash;
  vec2 position = mix(a, b, a_end) + aside * v_across / pixels;
  gl_Position = vec4(position, 0, 1);
}
`;

const fragment = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying float v_along;
varying float v_across;
varying float v_half;
varying float v_soft;
varying vec2 v_dash;

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

const uniforms = ['u_matrix', 'u_sizeRatio', 'u_viewport', 'u_pixelRatio'] as const;

/** Draws each edge as a strip with width and dash pattern in px. */
class Strokes extends EdgeProgram<(typeof uniforms)[number]> {
  // Picking is computed from positions (pick.ts), which saves a second drawing pass.
  constructor(...[gl, , renderer]: ConstructorParameters<typeof EdgeProgram>) {
    super(gl, null, renderer);
  }

  getDefinition() {
    const { FLOAT, UNSIGNED_BYTE, TRIANGLES } = WebGLRenderingContext;
    return {
      VERTICES: 6,
      VERTEX_SHADER_SOURCE: vertex,
      FRAGMENT_SHADER_SOURCE: fragment,
      METHOD: TRIANGLES,
      UNIFORMS: uniforms,
      ATTRIBUTES: [
        { name: 'a_from', size: 2, type: FLOAT },
        { name: 'a_to', size: 2, type: FLOAT },
        { name: 'a_width', size: 1, type: FLOAT },
        { name: 'a_dash', size: 2, type: FLOAT },
        { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
      ],
      CONSTANT_ATTRIBUTES: [
        { name: 'a_end', size: 1, type: FLOAT },
        { name: 'a_side', size: 1, type: FLOAT },
      ],
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
    source: NodeDisplayData,
    target: NodeDisplayData,
    data: EdgeDisplayData & Partial<EdgeAttributes>,
  ): void {
    const [on, off] = data.dash ?? [0, 0];
    const { x, y } = source;
    this.array.set([x, y, target.x, target.y, data.size, on, off, floatColor(data.color)], start);
  }

  setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
    gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix);
    gl.uniform1f(uniformLocations.u_sizeRatio ?? null, params.sizeRatio);
    gl.uniform2f(uniformLocations.u_viewport ?? null, params.width, params.height);
    gl.uniform1f(uniformLocations.u_pixelRatio ?? null, params.pixelRatio);
  }
}

export const edgeProgram = Strokes as unknown as EdgeProgramType;
