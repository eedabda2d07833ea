"use strict";
// Beside the thread of the tests, which waits: hands their requests to serve.js, and its results to them.
const { fork } = require("node:child_process");
const { join } = require("node:path");
const { workerData } = require("node:worker_threads");

const { port, state } = workerData;
const server = fork(join(__dirname, "serve.js"), [], { env: { ...process.env, NO_COLOR: "1" } });

function answer(result) {
  port.postMessage(result);
  Atomics.store(state, 0, 1);
  Atomics.notify(state, 0);
}

server.on("message", answer);
server.on("exit", (code) => answer({ failed: `serve.js ended with ${code}` }));
port.on("message", (request) => (server.connected ? server.send(request) : answer({ failed: "serve.js has ended" })));
