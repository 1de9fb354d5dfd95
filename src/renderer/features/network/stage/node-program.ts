import { NodeProgram } from 'sigma/rendering';
import type { NodeProgramType, ProgramInfo } from 'sigma/rendering';
import { floatColor } from 'sigma/utils';
import type { NodeDisplayData, RenderParams } from 'sigma/types';
import { nodeShapes } from '../look/shapes.ts';
import type { NodeAttributes } from './attributes.ts';
import { rgb } from './line-program.ts';

/** The point of a node is larger than its shape, with room for corners and the border. Small shapes have a thinner border. */
const vertex = /* glsl */ `
attribute vec4 a_color;
attribute vec2 a_position;
attribute float a_size;
attribute float a_shape;

uniform mat3 u_matrix;
uniform float u_sizeRatio;
uniform float u_pixelRatio;

varying vec4 v_color;
varying float v_radius;
varying float v_border;
varying float v_extent;
varying float v_shape;
varying float v_pixel;

void main() {
  gl_Position = vec4((u_matrix * vec3(a_position, 1)).xy, 0, 1);
  v_radius = a_size / u_sizeRatio * u_pixelRatio;
  v_border = min(1.5 * u_pixelRatio, v_radius * 0.35);
  v_extent = v_radius * 1.26 + v_border + 0.8 * u_pixelRatio;
  gl_PointSize = 2.0 * v_extent;
  v_shape = a_shape;
  v_pixel = u_pixelRatio;
  v_color = a_color;
  // The last bit of a colour is lost in transfer.
  v_color.a *= 255.0 / 254.0;
}
`;

/** `outline` returns the distance to the outline of a shape, by its index in `nodeShapes`. The values are those of look/shapes.ts. */
const fragment = /* glsl */ `
precision highp float;

varying vec4 v_color;
varying float v_radius;
varying float v_border;
varying float v_extent;
varying float v_shape;
varying float v_pixel;

uniform vec3 u_background;

float outline(vec2 p) {
  float r = v_radius;
  if (v_shape > 0.5 && v_shape < 2.5) {
    if (v_shape > 1.5) p.y = -p.y;
    return max(-p.y, 0.8660254 * abs(p.x) + 0.5 * p.y) - 0.625 * r;
  }
  if (v_shape > 2.5 && v_shape < 3.5) return max(abs(p.x), abs(p.y)) - 0.8838835 * r;
  if (v_shape > 3.5 && v_shape < 4.5) return 0.7071068 * (abs(p.x) + abs(p.y)) - 0.8485281 * r;
  if (v_shape > 4.5 && v_shape < 5.5)
    return max(abs(p.x), 0.5 * abs(p.x) + 0.8660254 * abs(p.y)) - 0.9526279 * r;
  if (v_shape > 5.5 && v_shape < 6.5)
    return max(-p.y, max(0.5877853 * abs(p.x) + 0.8090170 * p.y, 0.9510565 * abs(p.x) - 0.3090170 * p.y)) - 0.9303695 * r;
  return length(p) - r;
}

void main(void) {
  vec2 p = (gl_PointCoord * 2.0 - 1.0) * v_extent;
  p.y = -p.y;
  float distanceToOutline = outline(p);
  float soft = 0.7;
  float cover = 1.0 - smoothstep(v_border - soft, v_border + soft, distanceToOutline);
  float fill = 1.0 - smoothstep(-soft, soft, distanceToOutline);
  // A ring is filled only near its outline.
  if (v_shape > 6.5) fill *= smoothstep(-soft, soft, distanceToOutline + max(2.2 * v_pixel, v_radius * 0.32));
  gl_FragColor = vec4(mix(u_background, v_color.rgb, fill) * cover, cover);
}
`;

const uniforms = ['u_matrix', 'u_sizeRatio', 'u_pixelRatio', 'u_background'] as const;

/**
 * Draws each node as one point, whatever its shape: fast enough for ten thousand. A border in the background colour separates a node from
 * its lines.
 */
export function nodeProgram(background: () => string): NodeProgramType {
  class ShapeProgram extends NodeProgram<(typeof uniforms)[number]> {
    // Picking is computed from positions (pick.ts), which saves a second drawing pass.
    constructor(...[gl, , renderer]: ConstructorParameters<typeof NodeProgram>) {
      super(gl, null, renderer);
    }

    getDefinition() {
      const { FLOAT, UNSIGNED_BYTE, POINTS } = WebGLRenderingContext;
      return {
        VERTICES: 1,
        VERTEX_SHADER_SOURCE: vertex,
        FRAGMENT_SHADER_SOURCE: fragment,
        METHOD: POINTS,
        UNIFORMS: uniforms,
        ATTRIBUTES: [
          { name: 'a_position', size: 2, type: FLOAT },
          { name: 'a_size', size: 1, type: FLOAT },
          { name: 'a_shape', size: 1, type: FLOAT },
          { name: 'a_color', size: 4, type: UNSIGNED_BYTE, normalized: true },
        ],
      };
    }

    processVisibleItem(_id: number, start: number, data: NodeDisplayData & Partial<NodeAttributes>): void {
      const { array } = this;
      array[start] = data.x;
      array[start + 1] = data.y;
      array[start + 2] = data.size;
      array[start + 3] = nodeShapes.indexOf(data.shape ?? 'circle');
      array[start + 4] = floatColor(data.color);
    }

    setUniforms(params: RenderParams, { gl, uniformLocations }: ProgramInfo): void {
      gl.uniformMatrix3fv(uniformLocations.u_matrix ?? null, false, params.matrix);
      gl.uniform1f(uniformLocations.u_sizeRatio ?? null, params.sizeRatio);
      gl.uniform1f(uniformLocations.u_pixelRatio ?? null, params.pixelRatio);
      gl.uniform3f(uniformLocations.u_background ?? null, ...rgb(background()));
    }
  }
  return ShapeProgram;
}
