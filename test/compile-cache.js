"use strict";
// Keeps what V8 compiled for the next process (`node --require`), as Node.js 22 can by itself: compiling the same SDK again took
// 0.8 s of the 1.8 s of a small program. The modules run unchanged.
const { createHash } = require("node:crypto");
const { mkdirSync, readFileSync, renameSync, writeFileSync } = require("node:fs");
const Module = require("node:module");
const { dirname, join } = require("node:path");
const { Script } = require("node:vm");

const folder = join(__dirname, "..", "node_modules", ".cache", "compiled", `${process.version}-${process.arch}`);

/** What was compiled in this process and is not saved yet, by the file to save it in. */
const unsaved = new Map();

function compile(source, filename) {
  const file = join(folder, createHash("sha1").update(filename).update("\0").update(source).digest("hex"));
  const cachedData = saved(file);
  const script = new Script(source, { filename, cachedData });
  if (!cachedData || script.cachedDataRejected) {
    if (unsaved.size === 0) saveSoon();
    unsaved.set(file, script);
  }
  return script;
}

function saved(file) {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Also before the end, since the engine kills a plugin or a pack that it no longer needs. */
function saveSoon() {
  setTimeout(save, 300).unref();
}

function save() {
  mkdirSync(folder, { recursive: true });
  for (const [file, script] of unsaved) {
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, script.createCachedData());
    renameSync(partial, file); // another process may read it
  }
  unsaved.clear();
}

/** A script of node:vm cannot import modules. In typescript.js, `import(` stands only in texts. */
const imports = (source, filename) => source.includes("import(") && !filename.endsWith("typescript.js");

function keepWhatIsCompiled() {
  process.once("exit", save);
  const compileWithoutCache = Module.prototype._compile;
  /** Does what Node.js 20 does (makeRequireFunction and _compile in lib/internal/modules), with cached data. */
  Module.prototype._compile = function (source, filename) {
    if (imports(source, filename)) return compileWithoutCache.call(this, source, filename);
    const require = (id) => this.require(id);
    require.resolve = (id, options) => Module._resolveFilename(id, this, false, options);
    require.resolve.paths = (id) => Module._resolveLookupPaths(id, this);
    require.main = process.mainModule;
    require.extensions = Module._extensions;
    require.cache = Module._cache;
    const wrapper = compile(Module.wrap(source.replace(/^#!.*/, "")), filename).runInThisContext();
    return Reflect.apply(wrapper, this.exports, [this.exports, require, this, filename, dirname(filename)]);
  };
}

if (Module.enableCompileCache) Module.enableCompileCache(folder);
else keepWhatIsCompiled();
