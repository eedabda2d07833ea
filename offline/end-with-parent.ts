/**
 * Ends this process once the one that started it is gone: an engine that is killed ends none of its plugins, and a policy
 * pack waits for calls for ever. Loaded for its effect, by the plugins here and before the SDK's runners.
 */
const parent = process.ppid;
setInterval(() => {
  // An engine is never process 1, so a plugin that has that parent lost its own before it came to look.
  if (process.ppid !== parent || parent === 1) process.exit(1);
}, 1000).unref();
