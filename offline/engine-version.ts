/** Version of the engine that is downloaded or built. Its go.mod and go.sum are in `engine/`. */
export const engineVersion = "3.255.0";
