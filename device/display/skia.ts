// The one place that loads the native canvas. Without this variable it would take fonts of the machine into its
// table, and the same scene would have other pixels on another machine.
process.env["DISABLE_SYSTEM_FONTS_LOAD"] = "1";

export const { createCanvas, GlobalFonts, loadImage } = await import("@napi-rs/canvas");
