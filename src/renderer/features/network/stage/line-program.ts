import type { Renderer } from './attributes.ts';

const vertex = /* glsl */ `
attribute vec2 a_position;
uniform mat3 u_matrix;
/** The centre and the greater side of the visible box. */
uniform vec3 u_box;

void main() {
  vec2 framed = (a_position - u_box.xy) / u_box.z + 0.5;
  gl_Position = vec4((u_matrix * vec3(framed, 1)).xy, 0, 1);
}
`;

const fragment = /* glsl */ `
precision mediump float;
uniform vec3 u_colour;

void main(void) {
  gl_FragColor = vec4(u_colour, 1.0);
}
`;

/** Lines of one colour as pairs of node indexes. */
export interface Bundle {
  colour: string;
  pairs: Uint16Array;
}

/** Draws lines one px wide between positions. */
export interface LineProgram {
  setPositions: (positions: Float32Array) => void;
  setBundles: (bundles: readonly Bundle[]) => void;
  draw: () => void;
}

/** Red, green and blue of #rrggbb, 0 to 1. */
export function rgb(colour: string): readonly [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

function compileProgram(gl: WebGLRenderingContext): WebGLProgram {
  const program = gl.createProgram();
  for (const [kind, source] of [
    [gl.VERTEX_SHADER, vertex],
    [gl.FRAGMENT_SHADER, fragment],
  ] as const) {
    const shader = gl.createShader(kind);
    if (!shader) throw new Error('The graphics card takes no program.');
    gl.shaderSource(shader, source);
    gl.compileShader(shader);
    gl.attachShader(program, shader);
  }
  gl.linkProgram(program);
  return program;
}

/** Draws on sigma's edge layer, below its nodes. Throws without WebGL. */
export function lineProgram(sigma: Renderer): LineProgram {
  const canvas = sigma.getCanvases().edges;
  const gl = (canvas?.getContext('webgl2') ?? canvas?.getContext('webgl')) as WebGLRenderingContext | null;
  if (!canvas || !gl) throw new Error('There is no layer for lines.');
  const program = compileProgram(gl);
  const locationOf = (name: string): WebGLUniformLocation | null => gl.getUniformLocation(program, name);
  const [matrixLocation, boxLocation, colourLocation] = [
    locationOf('u_matrix'),
    locationOf('u_box'),
    locationOf('u_colour'),
  ];
  const positionLocation = gl.getAttribLocation(program, 'a_position');
  const [vertexBuffer, indexBuffer] = [gl.createBuffer(), gl.createBuffer()];
  let drawCalls: { colour: readonly [number, number, number]; offset: number; count: number }[] = [];
  return {
    setPositions: (positions) => {
      gl.bindBuffer(gl.ARRAY_BUFFER, vertexBuffer);
      gl.bufferData(gl.ARRAY_BUFFER, positions, gl.DYNAMIC_DRAW);
    },
    setBundles: (bundles) => {
      const indexData = new Uint16Array(bundles.reduce((sum, { pairs }) => sum + pairs.length, 0));
      let offset = 0;
      drawCalls = bundles.map(({ colour, pairs }) => {
        indexData.set(pairs, offset);
        const drawCall = { colour: rgb(colour), offset, count: pairs.length };
        offset += pairs.length;
        return drawCall;
      });
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indexBuffer);
      gl.bufferData(gl.ELEMENT_ARRAY_BUFFER, indexData, gl.STATIC_DRAW);
    },
    draw: () => {
      const { x, y } = sigma.getCustomBBox() ?? sigma.getBBox();
      const box = [(x[0] + x[1]) / 2, (y[0] + y[1]) / 2, Math.max(x[1] - x[0], y[1] - y[0]) || 1] as const;
      gl.bindFramebuffer(gl.FRAMEBUFFER, null);
      gl.viewport(0, 0, canvas.width, canvas.height);
      gl.useProgram(program);
      gl.uniformMatrix3fv(matrixLocation, false, sigma.getRenderParams().matrix);
      gl.uniform3f(boxLocation, ...box);
      gl.bindBuffer(gl.ARRAY_BUFFER, vertexBuffer);
      gl.enableVertexAttribArray(positionLocation);
      gl.vertexAttribPointer(positionLocation, 2, gl.FLOAT, false, 0, 0);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, indexBuffer);
      for (const { colour, offset, count } of drawCalls) {
        gl.uniform3f(colourLocation, ...colour);
        gl.drawElements(gl.LINES, count, gl.UNSIGNED_SHORT, offset * Uint16Array.BYTES_PER_ELEMENT);
      }
      // Restores the state that sigma's programs expect.
      gl.disableVertexAttribArray(positionLocation);
      gl.bindBuffer(gl.ARRAY_BUFFER, null);
      gl.bindBuffer(gl.ELEMENT_ARRAY_BUFFER, null);
    },
  };
}
