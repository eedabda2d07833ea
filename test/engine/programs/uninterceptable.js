"use strict";
// Preloaded into every Node process of a run (NODE_OPTIONS=--require): grpc's server keeps its method, whoever sets it.
// So it is where the SDK of a policy pack has a copy of @grpc/grpc-js of its own.
const { Server } = require("@grpc/grpc-js");

const { addService } = Server.prototype;
Object.defineProperty(Server.prototype, "addService", { get: () => addService, set: () => undefined });
