/** A size in bytes as people are told of it, rounded up: `3 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.ceil(bytes / 1024 / 1024)} MB`;
}
