"use strict";
// The SDK loads npm's own reader of dependency trees, 440 modules, to serialize functions of a program (`node --require`). Programs
// here have none, so it is loaded once it is used: a sixth of the time of a small program.
const Module = require("node:module");

const { _load: load } = Module;
Module._load = function (request, parent, isMain) {
  const isForFunctions = request === "@npmcli/arborist" && /[\\/]closure[\\/]codePaths\.js$/.test(parent?.filename);
  if (!isForFunctions) return load.call(this, request, parent, isMain);
  return {
    __esModule: true,
    get Arborist() {
      return load.call(Module, request, parent, isMain).Arborist;
    },
  };
};
