/** Takes the stacks of promises and resources out of `runtime/debuggable` and `resource` of a copy of the SDK. */
export function leaveOut(debuggable: object, resource: object): void;
