/**
 * Ends this process when its parent is gone: an engine that is killed does not stop its plugins, and a policy pack waits for calls
 * forever. Loaded for its side effect, by the plugins here and before the runners of the SDK.
 */
const parent = process.ppid;
setInterval(() => {
  // An engine is never process 1, so a plugin with that parent had lost its own before the first check.
  if (process.ppid !== parent || parent === 1) process.exit(1);
}, 1000).unref();
