declare module "idiomorph/dist/idiomorph.esm.js" {
  export const Idiomorph: {
    morph(target: Element, content: Element | Element[], options: object): Element[];
  };
}
declare module "htmx.org/dist/htmx.esm.js" {
  const htmx: {
    config: object;
    defineExtension(name: string, extension: object): void;
    trigger(element: Element, event: string, detail: object): void;
    process(element: Element): void;
  };
  export default htmx;
}
declare module "monaco-editor/editor/contrib/suggest/browser/suggestController";
