/** Milliseconds after the last move until the picture counts as standing still. */
const calm = 130;

/** Knows whether the picture is moving: the eye is, or things are being arranged. Where much is drawn, lines wait until it stands still. */
export class Motion {
  readonly #changed: (moving: boolean) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #arranging = false;
  #told = false;

  /** `changed` is called when the picture begins to move, and when it has come to stand still. */
  constructor(changed: (moving: boolean) => void) {
    this.#changed = changed;
  }

  get moving(): boolean {
    return this.#timer !== undefined || this.#arranging;
  }

  #tell(): void {
    if (this.moving === this.#told) return;
    this.#told = this.moving;
    this.#changed(this.#told);
  }

  /** The eye has moved. */
  moved(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.#tell();
    }, calm);
    this.#tell();
  }

  /** Things are being arranged from now on, or no more. */
  arrange(going: boolean): void {
    this.#arranging = going;
    this.#tell();
  }

  end(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
