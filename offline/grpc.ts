import { type handleUnaryCall, Server, ServerCredentials, status } from "@grpc/grpc-js";
import type { UntypedServiceImplementation } from "@grpc/grpc-js";

/** The limit of the engine and the SDK: the state of a large stack is one message. */
const maxMessageBytes = 400 * 1024 * 1024;

/** Serves the gRPC service of a plugin, and prints its port on the first line of standard output for the engine. */
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

/** A handler that responds with what `answer` returns; an error becomes the error of the call, without a stack trace. */
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
