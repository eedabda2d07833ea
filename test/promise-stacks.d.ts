/** Takes the stacks of promises out of `runtime/debuggable` of a copy of the SDK. */
export function leaveOut(debuggable: object): void;
