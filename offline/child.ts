import { type ChildProcessByStdio } from "node:child_process";
import { type Readable } from "node:stream";
import { type ServerWritableStream, status } from "@grpc/grpc-js";

/** How the output and the end of a process are said on a stream. `ended` may throw: then the stream ends in that error. */
interface Answers<Response> {
  readonly stdout: (chunk: Buffer) => Response;
  readonly stderr: (chunk: Buffer) => Response;
  readonly ended: (code: number) => Response;
}

/** Hands what a process writes to the engine while it runs, and ends the process when the engine cancels the call. */
export function streamOutput<Request, Response>(
  call: ServerWritableStream<Request, Response>,
  child: ChildProcessByStdio<null, Readable, Readable>,
  answers: Answers<Response>,
): void {
  child.stdout.on("data", (chunk: Buffer) => call.write(answers.stdout(chunk)));
  child.stderr.on("data", (chunk: Buffer) => call.write(answers.stderr(chunk)));
  child.on("error", (error) => {
    endInError(call, error);
  });
  child.on("close", (code) => {
    try {
      call.write(answers.ended(code ?? 1));
      call.end();
    } catch (error) {
      endInError(call, error);
    }
  });
  call.on("cancelled", () => child.kill());
}

/** Ends a stream in a sentence for the user. (`destroy` would leave the engine waiting for an end that never comes.) */
export function endInError<Request, Response>(call: ServerWritableStream<Request, Response>, error: unknown): void {
  call.emit("error", { code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
}
