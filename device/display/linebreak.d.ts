// What device/display uses of the package "linebreak" (UAX #14), which ships no types.
declare module "linebreak" {
  class LineBreaker {
    constructor(text: string);
    /** Next place, in UTF-16 units, at which a line may end; null after the end of the text. */
    nextBreak(): { readonly position: number; readonly required: boolean } | null;
  }

  export = LineBreaker;
}
