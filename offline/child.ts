import { type ChildProcessByStdio } from "node:child_process";
import { type Readable } from "node:stream";
import { type ServerWritableStream, status } from "@grpc/grpc-js";

/** The messages of a stream for the output and the end of a process. If `ended` throws, the stream ends with that error. */
interface Answers<Response> {
  readonly stdout: (chunk: Buffer) => Response;
  readonly stderr: (chunk: Buffer) => Response;
  readonly ended: (code: number) => Response;
}

/** Streams the output of a process to the engine while it runs, and kills the process if the engine cancels the call. */
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

/** Ends a stream with an error message for the user. (After `destroy`, the engine would wait forever.) */
export function endInError<Request, Response>(call: ServerWritableStream<Request, Response>, error: unknown): void {
  call.emit("error", { code: status.UNKNOWN, details: error instanceof Error ? error.message : String(error) });
}
