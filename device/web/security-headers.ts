// What every answer says to browsers: take nothing from anywhere else, show nothing of ours elsewhere, tell nobody
// (reliability.md T17, T18). Only what works over plain HTTP: COOP and the like are ignored there, with a complaint.

/**
 * A phone speaks with the other boxes that its person names, over WebSockets; it loads nothing from them. It draws pictures
 * that it holds itself: from `blob:`, or written out as `data:`.
 */
const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "font-src 'self'",
  "connect-src 'self' ws:",
  "manifest-src 'self'",
  "form-action 'none'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

export const SECURITY_HEADERS = {
  "Content-Security-Policy": PAGE_POLICY,
  "X-Content-Type-Options": "nosniff",
  "Referrer-Policy": "no-referrer",
  "Cross-Origin-Resource-Policy": "same-origin",
} as const;

/** For bytes that others made: whatever a browser takes them for, they run and load nothing. */
export const FOREIGN_POLICY = { "Content-Security-Policy": "default-src 'none'; sandbox" } as const;
