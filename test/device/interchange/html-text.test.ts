// HTML of foreign programmes becomes markdown, and nothing in it can act (M-83).
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { markdownFromHtml } from "../../../device/interchange/text/html-text.ts";

test("text without tags stays as it is, markdown included", () => {
  for (const text of ["2 < 3 & 4 > 1", "# Heading\n\n*stars*", "<3 soup", "&amp;"]) {
    assert.equal(markdownFromHtml(text), text);
  }
});

test("paragraphs, breaks and emphasis survive", () => {
  assert.equal(
    markdownFromHtml("<p>Bring <b>gloves</b> and\n <em>moss</em>.</p><p>Now.</p>"),
    "Bring **gloves** and *moss*.\n\nNow.",
  );
  assert.equal(markdownFromHtml("one<br>two<br/><br/>three"), "one  \ntwo\n\nthree");
  assert.equal(markdownFromHtml("<b> loose </b>end"), "**loose** end");
});

test("lists keep their numbers and their depth", () => {
  assert.equal(markdownFromHtml("<ul><li>moss</li><li>bark</li></ul>"), "- moss\n- bark");
  assert.equal(markdownFromHtml("<ol><li>light</li><li>wait</li></ol>"), "1. light\n2. wait");
  assert.equal(markdownFromHtml("<ul><li>a<ul><li>b</li></ul></li></ul>"), "- a\n  - b");
});

test("headings never outrank the page around them, code and quotations stay apart", () => {
  assert.equal(markdownFromHtml("<h1>Fire</h1><p>burns</p>"), "### Fire\n\nburns");
  assert.equal(markdownFromHtml("<pre>if (a)\n  b</pre>"), "```\nif (a)\n  b\n```");
  assert.equal(markdownFromHtml("<blockquote><p>so</p><p>it goes</p></blockquote>"), "> so\n> \n> it goes");
});

test("character references are decoded once", () => {
  assert.equal(markdownFromHtml("<p>&Uuml;ber &#8211; &#x1F525; &amp;lt; &nosuch;</p>"), "Über – 🔥 &lt; &nosuch;");
});

test("what was text stays text: markup of markdown is escaped", () => {
  assert.equal(markdownFromHtml("<p>*not* [a](b) `code`</p>"), "\\*not\\* [a\\](b) \\`code\\`");
  assert.equal(markdownFromHtml("<p>1. first</p><p># no</p>"), "1\\. first\n\n\\# no");
});

test("only web links survive as links, others leave their words", () => {
  assert.equal(markdownFromHtml('<a href="https://a.example/(x)">bark</a>'), "[bark](https://a.example/%28x%29)");
  for (const url of [
    "javascript:alert(1)",
    "data:text/html,x",
    "java&#115;cript:alert(1)",
    "//a.example",
    "file:///etc",
  ]) {
    assert.equal(markdownFromHtml(`<a href="${url}">words</a>`), "words", url);
  }
});

test("scripts, styles and comments go with their content, but what never closes hides nothing", () => {
  assert.equal(markdownFromHtml("<p>a<script>alert(1)</script><style>p{}</style><!-- c -->b</p>"), "ab");
  assert.equal(markdownFromHtml("<p>a</p><script>still here"), "a\n\nstill here");
});

test("no HTML makes an element or an unsafe link of the markdown, in however small pieces it comes", () => {
  const pieces = [
    ...["<p>", "</p>", "<b>", "</b>", "<span>", "<ul><li>", "</ul>", "<script>", "</script>", "<a href='x'>", "<td>"],
    ...["<", "script>", "&lt;", "&lt;script&gt;", "[a]", "[", "]", "(javascript:x)", "\\", "`", "*"],
  ];
  const html = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ maxLength: 8 })), { maxLength: 40 });
  fc.assert(
    fc.property(html, (parts) => {
      const markdown = markdownFromHtml(`<p>${parts.join("")}`);
      const markup = markdown.replace(/\\[\s\S]|`[^`\n]*`/g, "#");
      assert.doesNotMatch(markup, /<(?:script|p|b|ul|li|a)[\s>]/i);
      assert.doesNotMatch(markup, /\]\(javascript/i);
    }),
    { numRuns: 1_000 },
  );
});
