/** The part of jsdom that the tests use; it has no types of its own. */
declare module "jsdom" {
  export interface ShownElement {
    readonly tagName: string;
    readonly textContent: string;
    readonly children: Iterable<ShownElement> & { readonly length: number };
    readonly attributes: Iterable<{ readonly name: string; readonly value: string }>;
    hidden: boolean;
    open: boolean;
    value: string;
    getAttribute(name: string): string | null;
    querySelector(selector: string): ShownElement | null;
    querySelectorAll(selector: string): Iterable<ShownElement>;
    dispatchEvent(event: object): void;
    click(): void;
    remove(): void;
  }
  export class JSDOM {
    constructor(
      html: string,
      options?: { readonly contentType?: string; readonly runScripts?: "dangerously"; readonly url?: string },
    );
    readonly window: {
      readonly document: ShownElement;
      readonly Event: new (name: string, options?: { readonly bubbles: boolean }) => object;
      close(): void;
    };
  }
}
