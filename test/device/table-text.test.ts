// Tables at a terminal: columns, cuts, colours, and nothing that could steer it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { cutText, tableLines, textWidth } from "../../device/table-text.ts";

const WIDE = { columns: undefined, colour: false };
const COLUMNS = [{ title: "title" }, { title: "n", align: "right" as const, fixed: true }];

test("columns are as wide as what stands in them", () => {
  assert.deepEqual(
    tableLines(
      COLUMNS,
      [
        ["Soup", "7"],
        ["Stew and bread", "12"],
      ],
      WIDE,
    ),
    ["title            n", "Soup             7", "Stew and bread  12"],
  );
  assert.deepEqual(tableLines(COLUMNS, [], WIDE), []);
});

test("in a narrow terminal the widest gives way, by whole graphemes", () => {
  const rows = [["Family 👨‍👩‍👧 dinner by the lake", "7"]];
  for (const columns of [40, 24, 16]) {
    const lines = tableLines(COLUMNS, rows, { columns, colour: false });
    for (const line of lines) assert.ok(textWidth(line) <= columns, `${columns}: ${line}`);
    assert.ok(lines[1]?.endsWith("7"));
  }
  assert.equal(cutText("日本語", 5), "日本…");
  assert.equal(cutText("e\u0301e\u0301e\u0301", 2), "e\u0301…");
});

test("what others wrote cannot steer the terminal", () => {
  const [, line = ""] = tableLines(COLUMNS, [["\u001b[2Jgone\r\n\u202etxt", "1"]], {
    columns: undefined,
    colour: true,
  });
  assert.equal(line, "\\u001b[2Jgone\\u000d\\u000a\\u202etxt  1");
});

test("colour stands around the text and costs no width; without a terminal there is none", () => {
  const cell = { text: "free", colour: "green" } as const;
  const lines = tableLines([{ title: "state" }, { title: "x" }], [[cell, "y"]], { columns: undefined, colour: true });
  assert.equal(lines[1], "\u001b[32mfree\u001b[0m   y");
  assert.equal(tableLines([{ title: "state" }], [[cell]], WIDE)[1], "free");
});
