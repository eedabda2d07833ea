import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";

/** As the engine and the SDK do: states of large stacks pass in one message. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Serves a plugin's gRPC service and tells the engine where: the port, alone on the first line of standard output. */
export function servePlugin(service: object, implementation: UntypedServiceImplementation): void {
  const server = new Server({ "grpc.max_receive_message_length": maxMessageBytes });
  server.addService(service as never, implementation);
  server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
    if (error) {
      process.stderr.write(`${error.message}\n`);
      process.exit(1);
    }
    process.stdout.write(`${port}\n`);
  });
}

/** A handler that answers what `answer` returns; what it throws becomes the call's error, as a sentence without a stack. */
export function unary<Request, Response>(
  answer: (request: Request) => Response | Promise<Response>,
): handleUnaryCall<Request, Response> {
  return (call, callback) => {
    Promise.resolve()
      .then(() => answer(call.request))
      .then(
        (response) => {
          callback(null, response);
        },
        (error: unknown) => {
          callback({ code: status.UNKNOWN, message: error instanceof Error ? error.message : String(error) });
        },
      );
  };
}
