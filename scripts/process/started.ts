/** What was started, to be stopped in the opposite order whatever happens. */
export class Started {
  readonly #stops: (() => unknown)[] = [];

  add<Part>(part: Part, stop: (part: Part) => unknown): Part {
    this.#stops.push(() => stop(part));
    return part;
  }

  async stop(): Promise<void> {
    for (const stop of this.#stops.splice(0).toReversed()) await stop();
  }
}
