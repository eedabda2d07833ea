/** What works for longer than this says what it does, in milliseconds. */
const patience = 1000;

/** One line that is written over. */
export interface Progress {
  readonly show: (words: string) => void;
  readonly clear: () => void;
}

/** What `progressOn` reads of standard error and the environment. */
interface Place {
  readonly isTTY?: boolean;
  readonly columns: number;
  readonly write: (text: string) => unknown;
}

/**
 * Shows what the command does once it takes longer than a second: on a terminal only, and never in CI, whose logs
 * keep every line.
 */
export function progressOn(stream: Place, environment: NodeJS.ProcessEnv): Progress {
  if (!stream.isTTY || environment["CI"] || environment["TERM"] === "dumb") {
    return { show: () => undefined, clear: () => undefined };
  }
  let isShown = false;
  return {
    show: (words) => {
      if (performance.now() < patience) return; // since the process started
      isShown = true;
      stream.write(`\r\x1b[K${`patchpath: ${words}`.slice(0, (stream.columns || 80) - 1)}`);
    },
    clear: () => {
      if (isShown) stream.write("\r\x1b[K");
      isShown = false;
    },
  };
}
