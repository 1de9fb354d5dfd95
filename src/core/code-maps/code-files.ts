import { posix } from 'node:path';
import type { TreeFile } from './git/read-tree.ts';

export interface CodeFile extends TreeFile {
  language: string;
}

/** Extensions of programming languages and hardware descriptions, by language. */
const languages: Readonly<Record<string, string>> = {
  Ada: 'adb ads',
  Assembly: 's asm',
  C: 'c h',
  'C++': 'cc cpp cxx hh hpp hxx ino ipp',
  'C#': 'cs',
  CMake: 'cmake',
  CSS: 'css scss less',
  CUDA: 'cu cuh',
  Dart: 'dart',
  Elixir: 'ex exs',
  Erlang: 'erl hrl',
  Fortran: 'f f90 f95 f03 for',
  Go: 'go',
  Haskell: 'hs',
  HTML: 'html htm vue svelte',
  Java: 'java',
  JavaScript: 'js jsx mjs cjs',
  Julia: 'jl',
  Kotlin: 'kt kts',
  Lua: 'lua',
  MATLAB: 'm mlx slx',
  'Objective-C': 'mm',
  Perl: 'pl pm',
  PHP: 'php',
  PowerShell: 'ps1',
  Python: 'py pyx pyi',
  R: 'r',
  Ruby: 'rb',
  Rust: 'rs',
  Scala: 'scala',
  Shell: 'sh bash zsh',
  SQL: 'sql',
  Swift: 'swift',
  SystemVerilog: 'sv svh',
  TypeScript: 'ts tsx mts cts',
  Verilog: 'v vh',
  VHDL: 'vhd vhdl',
  'F Prime': 'fpp',
  Modelica: 'mo',
};
const languageByExtension = new Map(
  Object.entries(languages).flatMap(([language, extensions]) =>
    extensions.split(' ').map((extension) => [extension, language] as const),
  ),
);

/** Folders with code of others, and names of generated files. */
const foreignPath =
  /(?:^|\/)(?:node_modules|vendor|vendored|third[_-]?party|3rdparty|external|extern|bower_components|dist|build|generated|__generated__|\.git)\//i;
const generatedName =
  /(?:\.min\.(?:js|css)|\.pb\.(?:go|cc|h)|_pb2(?:_grpc)?\.py|\.g\.dart|\.designer\.cs|-lock\.\w+)$/i;

/** Whether the name says that a file is vendored or generated. */
export const isForeign = (path: string): boolean => foreignPath.test(path) || generatedName.test(path);

/** The language of a code file by its name; null for other files, and for vendored and generated ones. */
export const languageOf = (path: string): string | null =>
  isForeign(path) ? null : (languageByExtension.get(posix.extname(path).slice(1).toLowerCase()) ?? null);
